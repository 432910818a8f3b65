using System.Security.Cryptography;
using System.Text;
using Thena.Accounts.Core.Kinds;
using Thena.Accounts.Moving.Copying;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Moving.Servers;

/// <summary>
/// Another server that records are copied to, with documented operations only. It sets the times of creation, the IDs and the authors
/// itself. Which record is the copy of which is remembered in a file, when the server has confirmed the record.
/// </summary>
internal sealed class ServerTarget(ServerConnection server, CopyLog log, CopyOptions options) : ICopyTarget
{
    /// <summary>The records that the server has.</summary>
    private readonly TargetRecords _records = new();

    public CopiedReferences References { get; } = new()
    {
        LeavesUsersOut = options.WithoutUsers,
        ChoosesAuthors = false,
        CopiesAttachments = false,
        UserIsMissing = $"is not known at {server.Name}",
    };

    public int SetSize => 100;

    /// <summary>Its rate limit allows no more than one request after the other.</summary>
    public bool WritesWhileReading => false;

    public bool TakesUsers => false;

    /// <summary>Learns which records and users the server has.</summary>
    public async Task LoadAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var source = new ServerSource(server, createsUsers: false);
        foreach (var kind in RecordKinds.All)
        {
            await foreach (var json in source.ReadAsync(kind.Name, cancellationToken))
            {
                if (CopiedRecord.Parse(json, time.Now()) is not { } record)
                {
                    continue;
                }

                _records.Add(kind, record.OldId, record);
                if (record.Owner() is { } owner)
                {
                    References.AddUser(owner.Email, owner.Id);
                }
            }
        }

        foreach (var (name, id) in options.Users)
        {
            References.AddUser(name, id);
            References.AddUserOfOldId(name, id);
        }

        foreach (var copy in log.Copies)
        {
            Add(copy);
        }
    }

    public async Task<int> FindUsersAsync(CancellationToken cancellationToken)
    {
        await References.LookUpUsersAsync((_, _) => Task.FromResult<string?>(null));
        return 0;
    }

    public Task<IReadOnlyList<KnownRecord>> FindAsync(
        RecordKind kind, IReadOnlyList<CopiedRecord> records, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<KnownRecord>>(
            [
                .. records.Select(record => log.Find(kind.Name, record.OldId) is { } copy
                    ? new KnownRecord(copy.Id, Convert.FromHexString(copy.Hash), IsGone: !_records.Has(kind, copy.Id))
                    : new KnownRecord(Id: null, default, IsGone: false)),
            ]);

    public async Task<IReadOnlyList<CopyOutcome>> CreateAsync(
        RecordKind kind, IReadOnlyList<PreparedRecord> records, CancellationToken cancellationToken)
    {
        List<CopyOutcome> outcomes = [];
        foreach (var one in records)
        {
            outcomes.Add(await CreateAsync(kind, one.Record, cancellationToken));
        }

        return outcomes;
    }

    public async Task<CopyOutcome> UpdateAsync(RecordKind kind, PreparedRecord record, CancellationToken cancellationToken)
    {
        if (kind.IsDefinition)
        {
            Remember(kind, record.Record, record.Id);
            return new CopyOutcome(CopyResult.Unchanged, record.Id);
        }

        if (_records.FindHolder(kind, record.Record) is { } holder && holder != record.Id)
        {
            return new CopyOutcome(CopyResult.KeyIsTaken, holder);
        }

        var answer = options.DryRun
            ? new TargetAnswer(record.Id)
            : await UpdateAsync(kind, record.Id, record.Record.UpdateRequest(kind), cancellationToken);
        return Accept(kind, record.Record, CopyResult.Changed, answer);
    }

    public async Task<bool> ParkAsync(RecordKind kind, PreparedRecord record, CancellationToken cancellationToken)
    {
        if (KeyConflict.ParkRequest(kind.Key, record.Id) is not { } request)
        {
            return false;
        }

        if (!options.DryRun)
        {
            // If the copy is interrupted from here on, the next one must write the record, even if it is then again what it was before.
            log.Add(new ServerCopy(kind.Name, record.Record.OldId, record.Id, Hash: ""));
            if ((await UpdateAsync(kind, record.Id, request, cancellationToken)).Id is null)
            {
                return false;
            }
        }

        _records.RemoveKey(kind, record.Id);
        return true;
    }

    public Task<ILookup<string, string>> FindOriginalsAsync(
        RecordKind kind, IEnumerable<string> ids, CancellationToken cancellationToken) => Task.FromResult(
        ids.Distinct(StringComparer.Ordinal)
            .SelectMany(id => _records.OriginalsOf(kind, id), (id, oldId) => (id, oldId))
            .ToLookup(pair => pair.id, pair => pair.oldId));

    private async Task<CopyOutcome> CreateAsync(RecordKind kind, CopiedRecord record, CancellationToken cancellationToken)
    {
        if (_records.FindHolder(kind, record) is { } holder)
        {
            return new CopyOutcome(CopyResult.KeyIsTaken, holder);
        }

        if (options.DryRun)
        {
            return new CopyOutcome(CopyResult.Created, "");
        }

        var answer = await server.WriteAsync(
            HttpMethod.Post, kind.Path, record.CreateRequest(kind), IdempotencyKey(kind, record), cancellationToken);
        if (answer.Id is { } id && record.LacksDefaults(kind))
        {
            answer = await UpdateAsync(kind, id, record.UpdateRequest(kind), cancellationToken);
        }

        return Accept(kind, record, CopyResult.Created, answer);
    }

    private Task<TargetAnswer> UpdateAsync(RecordKind kind, string id, byte[] request, CancellationToken cancellationToken) =>
        server.WriteAsync(HttpMethod.Put, $"{kind.Path}/{Uri.EscapeDataString(id)}", request, idempotencyKey: null, cancellationToken);

    /// <summary>Remembers a record that the server has confirmed.</summary>
    private CopyOutcome Accept(RecordKind kind, CopiedRecord record, CopyResult result, TargetAnswer answer)
    {
        if (answer.Id is not { } id)
        {
            return new CopyOutcome(CopyResult.Refused, "", answer.Refusal);
        }

        _records.Add(kind, id, record);
        Remember(kind, record, id);
        return new CopyOutcome(result, id);
    }

    private void Remember(RecordKind kind, CopiedRecord record, string id)
    {
        if (!options.DryRun)
        {
            var copy = new ServerCopy(kind.Name, record.OldId, id, Convert.ToHexStringLower(record.Hash));
            log.Add(copy);
            Add(copy);
        }
    }

    private void Add(ServerCopy copy)
    {
        _records.AddOriginal(copy.Kind, copy.Id, copy.OldId);
        References.Add(copy.Kind, copy.OldId, copy.Id);
    }

    private static string IdempotencyKey(RecordKind kind, CopiedRecord record) => Convert.ToHexStringLower(
        SHA256.HashData([.. Encoding.UTF8.GetBytes($"{kind.Name} {record.OldId} "), .. record.Hash]));
}
