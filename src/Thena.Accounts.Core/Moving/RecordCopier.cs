using System.Security.Cryptography;
using System.Text;
using Thena.Accounts.Core.Time;

namespace Thena.Accounts.Core.Moving;

/// <summary>How records are copied to another server.</summary>
public sealed record CopyOptions
{
    /// <summary>Whether nothing is written.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether records are copied without users that cannot be found. Otherwise such records are refused.</summary>
    public bool WithoutUsers { get; init; }

    /// <summary>The IDs of users on the other server, by their email addresses or by their IDs on the first one.</summary>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>();
}

/// <summary>
/// Copies records from elsewhere to another server, through its API. That sets the times of creation, the IDs and the authors itself.
/// </summary>
public sealed class RecordCopier(TimeProvider time)
{
    /// <summary>Copies all records of a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="target">The other server.</param>
    /// <param name="log">Remembers what has been copied, for later runs.</param>
    /// <param name="options">How they are copied.</param>
    /// <param name="progress">Is told the number of records now and then.</param>
    /// <param name="cancellationToken">Token that stops the copy between two records.</param>
    /// <returns>The report.</returns>
    /// <exception cref="RecordSourceException">A server does not answer as it should.</exception>
    public async Task<ImportReport> RunAsync(
        IRecordSource source,
        IRecordTarget target,
        CopyLog log,
        CopyOptions options,
        Action<MovingProgress> progress,
        CancellationToken cancellationToken)
    {
        var run = new Run(time, source, target, log, options, progress);
        await run.LoadAsync(cancellationToken);
        for (var pass = 1; await run.PassAsync(cancellationToken) && pass < source.MaxPasses; pass++)
        {
        }

        return run.ToReport();
    }

    private sealed class Run(
        TimeProvider time,
        IRecordSource source,
        IRecordTarget target,
        CopyLog log,
        CopyOptions options,
        Action<MovingProgress> progress)
    {
        private const int ProgressEvery = 100;

        private readonly ImportCounts _counts = new(source);

        /// <summary>The IDs of the records that the other server has, by what else they are known by.</summary>
        private readonly Dictionary<(string Kind, string Key), string> _existing = [];

        /// <summary>The IDs of all records that the other server has.</summary>
        private readonly HashSet<(string Kind, string Id)> _living = [];

        private readonly CopiedReferences _references = new()
        {
            LeavesUsersOut = options.WithoutUsers,
            ChoosesAuthors = false,
            UserIsMissing = $"is not known at {target.Name}",
        };

        public ImportReport ToReport() => _counts.ToReport(options.DryRun);

        /// <summary>Learns which records and users the other server has.</summary>
        public async Task LoadAsync(CancellationToken cancellationToken)
        {
            foreach (var kind in CopiedKind.All)
            {
                await foreach (var json in target.ReadAsync(kind.Name, cancellationToken))
                {
                    if (CopiedRecord.Parse(json, time.Now()) is { } record)
                    {
                        AddExisting(kind.Name, record);
                    }
                }
            }

            foreach (var (name, id) in options.Users)
            {
                _references.AddUser(name, id);
                _references.AddUserOfOldId(name, id);
            }

            foreach (var twin in log.Twins)
            {
                _references.Add(twin.Kind, twin.OldId, twin.Id);
            }
        }

        /// <summary>Reads all records of the source once.</summary>
        /// <returns>Whether anything was written, so that the source is to be read again.</returns>
        public async Task<bool> PassAsync(CancellationToken cancellationToken)
        {
            var before = _counts.Writes;
            foreach (var kind in CopiedKind.InOrder(options.DryRun))
            {
                await CopyAsync(kind, cancellationToken);
            }

            return !options.DryRun && _counts.Writes > before;
        }

        private async Task CopyAsync(CopiedKind kind, CancellationToken cancellationToken)
        {
            _counts.StartReading(kind.Name);
            List<byte[]> records = [];
            await foreach (var json in source.ReadAsync(kind.Name, cancellationToken))
            {
                _counts.AddRead(kind.Name);
                records.Add(json.ToArray());
            }

            if (source.IsNewestFirst)
            {
                // The other server lists records in the order in which it creates them.
                records.Reverse();
            }

            for (var index = 0; index < records.Count; index++)
            {
                if (CopiedRecord.Parse(records[index], time.Now()) is { } record)
                {
                    await CopyAsync(kind, record, cancellationToken);
                }
                else
                {
                    _counts.AddRefused(kind.Name, "", CopiedRecord.NotARecord);
                }

                if (index % ProgressEvery == 0 || index == records.Count - 1)
                {
                    progress(new MovingProgress(kind.Name, index + 1, (index + 1) / (double)records.Count));
                }
            }
        }

        private async Task CopyAsync(CopiedKind kind, CopiedRecord record, CancellationToken cancellationToken)
        {
            record.AddReferences(kind, _references);
            await _references.LookUpUsersAsync((_, _) => Task.FromResult<string?>(null));
            var (missingRecord, missingUser) = record.Translate(kind, _references);
            var hash = Convert.ToHexStringLower(record.Hash);
            var twin = log.Find(kind.Name, record.OldId);
            var existing = twin?.Id ?? (record.KeyOf(kind.Name) is { } key ? _existing.GetValueOrDefault((kind.Name, key)) : null);

            // A dry run has not copied the records that others refer to.
            if (((options.DryRun ? null : missingRecord) ?? missingUser) is { } problem)
            {
                _counts.AddRefused(kind.Name, record.OldId, problem);
            }
            else if (twin?.Hash == hash)
            {
                _counts.AddUnchanged(kind.Name, twin.Id);
            }
            else if (twin is not null && !_living.Contains((kind.Name, twin.Id)))
            {
                // A record that was deleted there is not created again.
                _counts.AddUnchanged(kind.Name, twin.Id);
            }
            else if (options.DryRun)
            {
                _counts.AddCreated(kind.Name, existing is null ? 1 : 0);
                _counts.AddChanged(kind.Name, existing is null ? 0 : 1);
            }
            else if (existing is null)
            {
                var answer = await target.CreateAsync(
                    kind.Name, record.CreateRequest(kind), IdempotencyKey(kind, record), cancellationToken);
                if (answer.Id is { } id && record.LacksDefaults(kind))
                {
                    answer = await target.UpdateAsync(kind.Name, id, record.UpdateRequest(kind), cancellationToken);
                }

                if (Accept(kind, record, hash, answer) is { } created)
                {
                    _counts.AddCreated(kind.Name, created);
                }
            }
            else if (kind.Name == RecordKinds.CustomFields)
            {
                // Definitions are kept as the other server has them: a change could make its values invalid.
                Remember(kind, record, hash, existing);
                _counts.AddUnchanged(kind.Name, existing);
            }
            else
            {
                var answer = await target.UpdateAsync(kind.Name, existing, record.UpdateRequest(kind), cancellationToken);
                if (Accept(kind, record, hash, answer) is { } changed)
                {
                    _counts.AddChanged(kind.Name, changed);
                }
            }
        }

        /// <summary>Adds a record that the other server has.</summary>
        private void AddExisting(string kind, CopiedRecord record)
        {
            _living.Add((kind, record.OldId));
            if (record.KeyOf(kind) is { } key)
            {
                _existing[(kind, key)] = record.OldId;
            }

            if (record.Owner() is { } owner)
            {
                _references.AddUser(owner.Email, owner.Id);
            }
        }

        /// <summary>Remembers a record that the other server has confirmed, or counts it as refused.</summary>
        /// <returns>The ID there, or <see langword="null"/> if it was refused.</returns>
        private string? Accept(CopiedKind kind, CopiedRecord record, string hash, TargetAnswer answer)
        {
            if (answer.Id is not { } id)
            {
                _counts.AddRefused(kind.Name, record.OldId, answer.Refusal);
                return null;
            }

            Remember(kind, record, hash, id);
            return id;
        }

        private void Remember(CopiedKind kind, CopiedRecord record, string hash, string id)
        {
            _living.Add((kind.Name, id));
            log.Add(new CopiedTwin(kind.Name, record.OldId, id, hash));
            _references.Add(kind.Name, record.OldId, id);
        }

        private static string IdempotencyKey(CopiedKind kind, CopiedRecord record) => Convert.ToHexStringLower(
            SHA256.HashData([.. Encoding.UTF8.GetBytes($"{kind.Name} {record.OldId} "), .. record.Hash]));
    }
}
