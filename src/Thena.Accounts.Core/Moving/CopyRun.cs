using System.Security.Cryptography;
using System.Text;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Core.Moving;

/// <summary>One copy to another server.</summary>
internal sealed class CopyRun(
    TimeProvider time,
    IRecordSource source,
    IRecordTarget target,
    CopyLog log,
    CopyOptions options,
    CopiedReferences references,
    Action<MovingProgress> progress)
{
    private const int ProgressEvery = 100;

    private readonly ImportCounts _counts = new(source, references);

    /// <summary>The records that the other server has.</summary>
    private readonly CopyTargets _targets = new();

    /// <summary>Returns the report.</summary>
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
            references.AddUser(name, id);
            references.AddUserOfOldId(name, id);
        }

        foreach (var twin in log.Twins)
        {
            AddTwin(twin);
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

    /// <summary>
    /// Copies the records of a kind. A key that another record of the other server has, such as a domain, may be free later, as that record
    /// may be about to get another one. So updates come before new records.
    /// </summary>
    private async Task CopyAsync(CopiedKind kind, CancellationToken cancellationToken)
    {
        var records = await ReadAsync(kind, cancellationToken);
        HashSet<string> read = new(StringComparer.Ordinal);
        List<byte[]> added = [];
        List<CopiedRecord> changed = [];
        var done = 0;
        foreach (var json in records)
        {
            if (CopiedRecord.Parse(json, time.Now()) is not { } record)
            {
                _counts.AddRefused(kind.Name, "", CopiedRecord.NotARecord);
                Progress();
            }
            else if (!read.Add(record.OldId))
            {
                // A list that changes while it is read can show a record twice.
                Progress();
            }
            else if (log.Find(kind.Name, record.OldId) is not { } twin)
            {
                added.Add(json);
            }
            else if (await IsChangedAsync(kind, record, twin))
            {
                changed.Add(record);
            }
            else
            {
                Progress();
            }
        }

        await UpdateAsync(kind, changed, read, Progress, cancellationToken);
        foreach (var json in added)
        {
            await AddAsync(kind, CopiedRecord.Parse(json, time.Now())!, read, cancellationToken);
            Progress();
        }

        void Progress()
        {
            if (++done % ProgressEvery == 0 || done == records.Count)
            {
                progress(new MovingProgress(kind.Name, done, done / (double)records.Count));
            }
        }
    }

    private async Task<List<byte[]>> ReadAsync(CopiedKind kind, CancellationToken cancellationToken)
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

        return records;
    }

    /// <summary>Turns a record into a request, or refuses it.</summary>
    private async Task<bool> TranslateAsync(CopiedKind kind, CopiedRecord record)
    {
        record.AddReferences(kind, references);
        await references.LookUpUsersAsync((_, _) => Task.FromResult<string?>(null));
        var (missingRecord, missingUser) = record.Translate(kind, references);

        // A dry run has not copied the records that others refer to.
        if (((options.DryRun ? null : missingRecord) ?? missingUser) is not { } problem)
        {
            return true;
        }

        _counts.AddRefused(kind.Name, record.OldId, problem);
        return false;
    }

    /// <summary>Translates a record that has been copied before. Returns whether it has changed since.</summary>
    private async Task<bool> IsChangedAsync(CopiedKind kind, CopiedRecord record, CopiedTwin twin)
    {
        if (!await TranslateAsync(kind, record))
        {
            return false;
        }

        // A record that was deleted there is not created again.
        var isChanged = twin.Hash != HashOf(record) && _targets.Has(kind.Name, twin.Id);
        if (isChanged && kind.Name == RecordKinds.CustomFields)
        {
            KeepDefinition(kind, record, twin.Id);
            return false;
        }

        if (!isChanged)
        {
            _counts.AddUnchanged(kind.Name, twin.Id);
        }

        return isChanged;
    }

    /// <summary>Updates records that have been copied before.</summary>
    private async Task UpdateAsync(
        CopiedKind kind, List<CopiedRecord> changed, HashSet<string> read, Action done, CancellationToken cancellationToken)
    {
        var blocked = await KeyMoves.RunAsync(
            changed,
            record => log.Find(kind.Name, record.OldId)!.Id,
            async record =>
            {
                var id = log.Find(kind.Name, record.OldId)!.Id;
                if (_targets.FindHolder(kind.Name, record) is { } holder && holder != id)
                {
                    return holder;
                }

                await UpdateAsync(kind, record, id, cancellationToken);
                done();
                return null;
            },
            record => ParkAsync(kind, log.Find(kind.Name, record.OldId)!, cancellationToken));
        foreach (var (record, holder) in blocked)
        {
            var original = _targets.FindOriginal(kind, holder, read);
            _counts.AddRefused(kind.Name, record.OldId, kind.DescribeHolder(holder, original));
            done();
        }
    }

    private async Task UpdateAsync(CopiedKind kind, CopiedRecord record, string id, CancellationToken cancellationToken)
    {
        if (options.DryRun)
        {
            _targets.Add(kind.Name, id, record);
            _counts.AddChanged(kind.Name, 1);
            return;
        }

        var answer = await target.UpdateAsync(kind.Name, id, record.UpdateRequest(kind), cancellationToken);
        if (Accept(kind, record, answer) is { } changed)
        {
            _counts.AddChanged(kind.Name, changed);
        }
    }

    /// <summary>Gives a record a key that no other record has, until it can get its own.</summary>
    private async Task<bool> ParkAsync(CopiedKind kind, CopiedTwin twin, CancellationToken cancellationToken)
    {
        if (kind.ParkRequest(twin.Id) is not { } request)
        {
            return false;
        }

        if (!options.DryRun)
        {
            // If the copy is interrupted from here on, the next one must write the record, even if it is then again what it was before.
            log.Add(twin with { Hash = "" });
            if ((await target.UpdateAsync(kind.Name, twin.Id, request, cancellationToken)).Id is null)
            {
                return false;
            }
        }

        _targets.RemoveKey(kind.Name, twin.Id);
        return true;
    }

    /// <summary>Creates a record, or updates the one that is the same there.</summary>
    private async Task AddAsync(CopiedKind kind, CopiedRecord record, HashSet<string> read, CancellationToken cancellationToken)
    {
        if (!await TranslateAsync(kind, record))
        {
            return;
        }

        var existing = _targets.FindHolder(kind.Name, record);
        if (existing is not null && _targets.FindOriginal(kind, existing, read) is { } original)
        {
            _counts.AddRefused(kind.Name, record.OldId, kind.DescribeHolder(existing, original));
        }
        else if (existing is not null && kind.Name == RecordKinds.CustomFields)
        {
            KeepDefinition(kind, record, existing);
        }
        else if (existing is not null)
        {
            await UpdateAsync(kind, record, existing, cancellationToken);
        }
        else if (options.DryRun)
        {
            _counts.AddCreated(kind.Name);
        }
        else
        {
            await CreateAsync(kind, record, cancellationToken);
        }
    }

    private async Task CreateAsync(CopiedKind kind, CopiedRecord record, CancellationToken cancellationToken)
    {
        var answer = await target.CreateAsync(
            kind.Name, record.CreateRequest(kind), IdempotencyKey(kind, record), cancellationToken);
        if (answer.Id is { } id && record.LacksDefaults(kind))
        {
            answer = await target.UpdateAsync(kind.Name, id, record.UpdateRequest(kind), cancellationToken);
        }

        if (Accept(kind, record, answer) is { } created)
        {
            _counts.AddCreated(kind.Name, created);
        }
    }

    /// <summary>Keeps a custom field as the other server has it: a change could make its values invalid.</summary>
    private void KeepDefinition(CopiedKind kind, CopiedRecord record, string id)
    {
        if (!options.DryRun)
        {
            Remember(kind, record, id);
        }

        _counts.AddUnchanged(kind.Name, id);
    }

    /// <summary>Adds a record that the other server has.</summary>
    private void AddExisting(string kind, CopiedRecord record)
    {
        _targets.Add(kind, record.OldId, record);
        if (record.Owner() is { } owner)
        {
            references.AddUser(owner.Email, owner.Id);
        }
    }

    /// <summary>Remembers a record that the other server has confirmed, or counts it as refused.</summary>
    /// <returns>The ID there, or <see langword="null"/> if it was refused.</returns>
    private string? Accept(CopiedKind kind, CopiedRecord record, TargetAnswer answer)
    {
        if (answer.Id is not { } id)
        {
            _counts.AddRefused(kind.Name, record.OldId, answer.Refusal);
            return null;
        }

        _targets.Add(kind.Name, id, record);
        Remember(kind, record, id);
        return id;
    }

    private void Remember(CopiedKind kind, CopiedRecord record, string id)
    {
        var twin = new CopiedTwin(kind.Name, record.OldId, id, HashOf(record));
        log.Add(twin);
        AddTwin(twin);
    }

    private void AddTwin(CopiedTwin twin)
    {
        _targets.AddOriginal(twin.Kind, twin.Id, twin.OldId);
        references.Add(twin.Kind, twin.OldId, twin.Id);
    }

    private static string HashOf(CopiedRecord record) => Convert.ToHexStringLower(record.Hash);

    private static string IdempotencyKey(CopiedKind kind, CopiedRecord record) => Convert.ToHexStringLower(
        SHA256.HashData([.. Encoding.UTF8.GetBytes($"{kind.Name} {record.OldId} "), .. record.Hash]));
}
