using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.ReferenceData;

namespace Thena.Accounts.Postgres.Changes;

/// <summary>
/// Makes the changes of a unit: one for each record that it has written, from the record before and the record after. The unit writes them
/// with its last statements, so that a change is there if, and only if, what it tells of has happened.
/// </summary>
internal sealed class ChangeRecorder(RecordedKinds kinds, ChangeOrigin origin, bool isEnabled)
{
    private const string NoMembers = "[]";

    private readonly Dictionary<TenantEntity, TenantEntity?> _written = new(ReferenceEqualityComparer.Instance);
    private readonly List<TenantEntity> _order = [];
    private readonly List<(DateTimeOffset? Previous, Func<Ulid, DateTimeOffset, Change> Make)> _others = [];
    private readonly List<Change> _changes = [];

    /// <summary>Whether there are changes.</summary>
    public bool HasChanges { get; private set; }

    /// <summary>Notes that a record has been written.</summary>
    /// <param name="record">The record. It may still be changed until the unit ends.</param>
    /// <param name="before">The record as it was before the unit; null if it is new.</param>
    public void Note(TenantEntity record, TenantEntity? before)
    {
        if (isEnabled && _written.TryAdd(record, before))
        {
            _order.Add(record);
        }
    }

    /// <summary>Adds a change that is not one of a record that the unit writes.</summary>
    public void Add(string type, Ulid recordId, int version, string? after, DateTimeOffset? previous)
    {
        if (isEnabled)
        {
            _others.Add((previous, Fill(type, recordId, version, after)));
        }
    }

    /// <summary>
    /// Makes the changes of the records that have been noted. That needs their names, so it comes before the check of the reference data.
    /// </summary>
    /// <param name="references">The reference data.</param>
    /// <param name="now">The time.</param>
    public void MakeChanges(References references, DateTimeOffset now)
    {
        _changes.Clear();
        var next = RandomNumberGenerator.GetBytes(16).AsSpan();
        next[0] = 0; // room to count up, and for steps
        var random = BinaryPrimitives.ReadUInt128BigEndian(next) >> 48;
        foreach (var record in _order)
        {
            if (kinds.Find(record) is { } kind)
            {
                HasChanges = true;
                var before = _written[record];
                _changes.Add(Make(kind, record, before, references, now, NewId(record.UpdatedAt, random++ | StepOf(record, before))));
            }
        }

        foreach (var (previous, make) in _others)
        {
            HasChanges = true;
            _changes.Add(make(NewId(previous >= now ? previous.Value.AddMilliseconds(1) : now, random++), now));
        }
    }

    /// <summary>Forgets the records, whose changes have been written.</summary>
    public void Forget()
    {
        _written.Clear();
        _order.Clear();
        _others.Clear();
        _changes.Clear();
    }

    /// <summary>Returns the statements that write the changes.</summary>
    public IEnumerable<NpgsqlBatchCommand> Statements(Tables tables, Ulid organizationId)
    {
        if (_changes is [var one])
        {
            yield return tables.Of<Change>().Insert(organizationId, one);
            yield return tables.Of<QueuedChange>().Insert(organizationId, new QueuedChange { ChangeId = one.Id });
        }
        else if (_changes.Count > 0)
        {
            yield return tables.Of<Change>().InsertSet(organizationId, _changes);
            yield return tables.Of<QueuedChange>()
                .InsertSet(organizationId, _changes.ConvertAll(change => new QueuedChange { ChangeId = change.Id }));
        }
    }

    private Change Make(
        IRecordedKind kind, TenantEntity record, TenantEntity? before, References references, DateTimeOffset now, Ulid id)
    {
        var (shown, shownBefore) = (Show(kind, record.DeletedAt is null ? record : null, references), Show(kind, before, references));
        HashSet<Ulid> accounts = [];
        RecordJson.AddIds(shown, kind.AccountMembers, accounts);
        RecordJson.AddIds(shownBefore, kind.AccountMembers, accounts);
        var changed = NoMembers;
        string? old = null;
        if (shown is not null && shownBefore is not null)
        {
            var from = new RecordJson(shownBefore);
            var to = new RecordJson(shown);
            changed = JsonSerializer.Serialize(from.ChangedMembers(to, kind.DescribingMembers), RecordJson.Options);
            old = from.OnlyChanged(to);
        }
        else if (shownBefore is not null)
        {
            old = Encoding.UTF8.GetString(shownBefore);
        }

        return new Change
        {
            Id = id,
            Type = $"{kind.EventName}:{(before is null ? "created" : shown is null ? "deleted" : "updated")}",
            RecordId = record.Id,
            AccountIds = accounts.Count > 0 ? JsonSerializer.Serialize(accounts.Select(account => account.ToString())) : null,
            Version = record.Revision,
            Changed = changed,
            Before = old,
            After = shown is null ? null : Encoding.UTF8.GetString(shown),
            VisibleTo = shown is null ? null : kind.VisibleTo(record),
            BeforeVisibleTo = before is null ? null : kind.VisibleTo(before),
            ActorId = origin.ActorId,
            ApiKeyId = origin.ApiKeyId,
            RequestId = origin.RequestId,
            Source = origin.Source,
            OccurredAt = now,
        };
    }

    private Func<Ulid, DateTimeOffset, Change> Fill(string type, Ulid recordId, int version, string? after) => (id, now) => new Change
    {
        Id = id,
        Type = type,
        RecordId = recordId,
        Version = version,
        Changed = NoMembers,
        After = after,
        ActorId = origin.ActorId,
        ApiKeyId = origin.ApiKeyId,
        RequestId = origin.RequestId,
        Source = origin.Source,
        OccurredAt = now,
    };

    private static byte[]? Show(IRecordedKind kind, TenantEntity? record, References references) =>
        record is null ? null : kind.ToJson(record, references);

    /// <summary>
    /// Returns the first byte of the random part of an ID. An import can change a record in several steps, which all have the time of its
    /// last change elsewhere. A later step has the greater ID nevertheless.
    /// </summary>
    private static UInt128 StepOf(TenantEntity record, TenantEntity? before) =>
        before is null || record.UpdatedAt > before.UpdatedAt ? 0 : (UInt128)Math.Min(before.Revision, byte.MaxValue) << 72;

    private static Ulid NewId(DateTimeOffset time, UInt128 random) => IdGenerator.Create(time.ToUnixTimeMilliseconds(), random);
}
