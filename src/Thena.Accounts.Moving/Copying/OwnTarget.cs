using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Core.Bulk;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Kinds;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Schema;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Moving.Copying;

/// <summary>
/// An organization of this server. Copies keep their times and authors, and the IDs if they are those of a server like this one. Which
/// record is the copy of which is remembered in the transaction that creates it.
/// </summary>
internal sealed class OwnTarget(
    ImportScopes scopes, IRecordSource source, CopiedReferences references, ImportCounts counts, TimeProvider time, bool isDryRun)
    : ICopyTarget
{
    private readonly CopiedIds _ids = new(source.IsNewestFirst);

    public CopiedReferences References => references;

    public int SetSize => 400;

    public bool WritesWhileReading => true;

    public bool TakesUsers => true;

    public async Task<int> FindUsersAsync(CancellationToken cancellationToken)
    {
        var created = 0;
        var found = await references.LookUpUsersAsync(async (oldId, user) =>
        {
            if (!source.CreatesUsers || isDryRun)
            {
                return null;
            }

            var id = await CreateUserAsync(oldId, user, cancellationToken);
            created += id is null ? 0 : 1;
            return id;
        });
        if (found.Count > 0 && !isDryRun)
        {
            await using var scope = scopes.Create();
            var context = scope.ServiceProvider.GetRequiredService<AccountsDbContext>();
            foreach (var (oldId, id) in found)
            {
                await RememberAsync(context, UserKind.Plural, oldId, WireFormat.IdOrNone(id), [], cancellationToken);
            }
        }

        return created;
    }

    public async Task<IReadOnlyList<KnownRecord>> FindAsync(
        RecordKind kind, IReadOnlyList<CopiedRecord> records, CancellationToken cancellationToken)
    {
        await using var scope = scopes.Create();
        var reads = scope.ServiceProvider.GetRequiredService<Records>();
        var copies = await CopiedReferences.FindAsync(
            reads, kind.Name, [.. records.Select(record => record.OldId)], cancellationToken);
        await references.LookUpAsync(reads, cancellationToken);
        var isLiving = await kind.FindIdsAsync(
            reads,
            [.. WireFormat.ParseIds(records.Select(record => record.OldId)), .. copies.Values.Select(copy => copy.NewId)],
            cancellationToken);
        return [.. records.Select(Find)];

        KnownRecord Find(CopiedRecord record)
        {
            if (copies.TryGetValue(record.OldId, out var copy))
            {
                return new KnownRecord(copy.NewId.ToString(), copy.Hash, IsGone: !isLiving.GetValueOrDefault(copy.NewId));
            }

            // A record with the same ID is the same one. If it has been deleted here, the new one gets another ID.
            var id = _ids.Next(record.OldId, record.CreatedAt);
            return !isLiving.TryGetValue(id, out var lives) ? new KnownRecord(Id: null, default, IsGone: false, id.ToString())
                : lives ? new KnownRecord(id.ToString(), default, IsGone: false)
                : new KnownRecord(Id: null, default, IsGone: false, _ids.Next(record.CreatedAt).ToString());
        }
    }

    public async Task<IReadOnlyList<CopyOutcome>> CreateAsync(
        RecordKind kind, IReadOnlyList<PreparedRecord> records, CancellationToken cancellationToken)
    {
        if (isDryRun)
        {
            return [.. records.Select(one => new CopyOutcome(CopyResult.Created, one.Id))];
        }

        if (kind.Requests!.CreatesSets && records.Count > 1)
        {
            return await CreateSetAsync(kind, records, cancellationToken);
        }

        List<CopyOutcome> outcomes = [];
        foreach (var one in records)
        {
            await using var scope = scopes.Create(one.Record);
            var result = await kind.Requests.CreateAsync(
                scope.ServiceProvider, OriginOf(kind, one), one.Record.Request, cancellationToken);
            outcomes.Add(result.Error is { } error ? OutcomeOf(error) : new CopyOutcome(CopyResult.Created, one.Id));
        }

        return outcomes;
    }

    public async Task<CopyOutcome> UpdateAsync(RecordKind kind, PreparedRecord record, CancellationToken cancellationToken)
    {
        if (isDryRun)
        {
            return new CopyOutcome(CopyResult.Changed, record.Id);
        }

        await using var scope = scopes.Create(record.Record);
        var id = Ulid.Parse(record.Id, provider: null);
        var (error, hasWritten) = await kind.Requests!.UpdateAsync(
            scope.ServiceProvider, OriginOf(kind, record), id, record.Record.Request, cancellationToken);
        if (error is not null)
        {
            return OutcomeOf(error);
        }

        await RememberAsync(
            scope.ServiceProvider.GetRequiredService<AccountsDbContext>(),
            kind.Name,
            record.Record.OldId,
            id,
            record.Record.Hash,
            cancellationToken);
        return new CopyOutcome(hasWritten ? CopyResult.Changed : CopyResult.Unchanged, record.Id);
    }

    public async Task<bool> ParkAsync(RecordKind kind, PreparedRecord record, CancellationToken cancellationToken)
    {
        if (KeyConflict.ParkRequest(kind.Key, record.Id) is not { } request)
        {
            return false;
        }

        await using var scope = scopes.Create();
        var id = Ulid.Parse(record.Id, provider: null);

        // If the import is interrupted from here on, the next one must write the record, even if it is then again what it was before.
        var context = scope.ServiceProvider.GetRequiredService<AccountsDbContext>();
        await RememberAsync(context, kind.Name, record.Record.OldId, id, [], cancellationToken);

        // The earliest time, so that the record can still get that of its last change.
        var origin = new RecordOrigin { IsCopy = true, Record = ImportOf(kind, record), UpdatedAt = DateTimeOffset.MinValue };
        return (await kind.Requests!.UpdateAsync(scope.ServiceProvider, origin, id, request, cancellationToken)).Error is null;
    }

    public async Task<ILookup<string, string>> FindOriginalsAsync(
        RecordKind kind, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        await using var scope = scopes.Create();
        var context = scope.ServiceProvider.GetRequiredService<AccountsDbContext>();
        List<Ulid> newIds = [.. WireFormat.ParseIds(ids).Distinct()];
        var copies = await context.ImportedRecords.Where(copy => copy.Kind == kind.Name && newIds.Contains(copy.NewId))
            .Select(copy => new { copy.NewId, copy.OldId })
            .ToListAsync(cancellationToken);
        return copies.ToLookup(copy => copy.NewId.ToString(), copy => copy.OldId);
    }

    private async Task<IReadOnlyList<CopyOutcome>> CreateSetAsync(
        RecordKind kind, IReadOnlyList<PreparedRecord> records, CancellationToken cancellationToken)
    {
        await using var scope = scopes.Create();
        var created = await kind.Requests!.CreateSetAsync(
            scope.ServiceProvider,
            new RecordOrigin { IsCopy = true },
            [
                .. records.Select(one => new SetItem<byte[]>(
                    one.Record.Request, Ulid.Parse(one.Id, provider: null), one.Record.UpdatedAt, ImportOf(kind, one))),
            ],
            cancellationToken);
        return created.TryGetValue(out var results, out var refusal)
            ?
            [
                .. results.Zip(records, (result, one) => result.Error is { } error
                    ? new CopyOutcome(CopyResult.Refused, one.Id, error.Message)
                    : result.ExistingId is { } holder
                    ? new CopyOutcome(CopyResult.KeyIsTaken, holder.ToString())
                    : new CopyOutcome(CopyResult.Created, one.Id)),
            ]
            : [.. records.Select(one => new CopyOutcome(CopyResult.Refused, one.Id, refusal.Message))];
    }

    private async Task<string?> CreateUserAsync(string oldId, CopiedUser user, CancellationToken cancellationToken)
    {
        await using var scope = scopes.Create();
        var administration = scope.ServiceProvider.GetRequiredService<AdministrationService>();
        var keepsId = CopiedIds.TryParse(oldId, time.Now(), out var id) && await administration.IsUserIdFreeAsync(id, cancellationToken);
        var result = await administration.CreateUserAsync(
            new CreateUserRequest(
                scopes.OrganizationId.ToString(),
                user.Name.Length > 0 ? user.Name : user.Email,
                user.Email,
                user.AvatarUrl.Length > 0 ? user.AvatarUrl : null)
            {
                Id = keepsId ? id : null,
            },
            cancellationToken);
        return result.TryGetValue(out var response, out _) ? response.Id : null;
    }

    private RecordOrigin OriginOf(RecordKind kind, PreparedRecord one) => new()
    {
        IsCopy = true,
        Record = ImportOf(kind, one),
        UpdatedAt = one.Record.UpdatedAt,
        Complete = entity => one.Record.Complete(entity, _ids),
        IsWritten = id => counts.HasWritten(kind.Name, id.ToString()),
    };

    private static ImportedRecord ImportOf(RecordKind kind, PreparedRecord one) => new()
    {
        Kind = kind.Name,
        OldId = one.Record.OldId,
        NewId = Ulid.Parse(one.Id, provider: null),
        Hash = one.Record.Hash,
    };

    private static CopyOutcome OutcomeOf(Error error) => WireFormat.TryParseId(error.ExistingId, out var holder)
        ? new CopyOutcome(CopyResult.KeyIsTaken, holder.ToString())
        : new CopyOutcome(CopyResult.Refused, "", error.Message);

    /// <summary>Remembers which record here is which elsewhere.</summary>
    private static Task RememberAsync(
        AccountsDbContext context, string kind, string oldId, Ulid newId, byte[] hash, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync(
            $"""
            insert into imported_records (organization_id, kind, old_id, new_id, hash)
            values ({context.OrganizationId.ToGuid()}, {kind}, {oldId}, {newId.ToGuid()}, {hash})
            on conflict (organization_id, kind, old_id) do update set new_id = excluded.new_id, hash = excluded.hash
            """,
            cancellationToken);
}
