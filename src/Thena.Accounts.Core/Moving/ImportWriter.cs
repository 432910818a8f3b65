using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Core.Bulk;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Schema;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Moving;

/// <summary>A record to write, and how it is remembered.</summary>
/// <param name="Record">The record.</param>
/// <param name="Imported">What is remembered, with the ID of the record here.</param>
/// <param name="IsNew">Whether the record is to be created.</param>
internal sealed record PreparedRecord(CopiedRecord Record, ImportedRecord Imported, bool IsNew);

/// <summary>
/// Creates and updates the records of one kind. A key that another record has, such as a domain, may be free later, as that record may be
/// about to get another one. So updates come first, and what finds its key taken waits until all other records are written.
/// </summary>
internal sealed class ImportWriter(CopiedKind kind, ImportScopes scopes, ImportCounts counts, CopiedIds ids)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly HashSet<Ulid> _kept = [];

    /// <summary>Adds a record that the source has.</summary>
    public void AddRead(CopiedRecord record)
    {
        if (kind.Key?.IsIdentity == true)
        {
            _read.Add(record.OldId);
        }
    }

    /// <summary>
    /// Adds the ID of a record that cannot be written. If a record here has it, that is the same one, and not the copy of another one that
    /// has its key by now.
    /// </summary>
    public void Keep(Ulid id)
    {
        lock (_kept)
        {
            _kept.Add(id);
        }
    }

    /// <summary>Creates and updates the records of a set.</summary>
    /// <returns>The records whose keys other records have, and which are to be written last.</returns>
    public async Task<List<PreparedRecord>> WriteAsync(
        IReadOnlyList<PreparedRecord> added, IReadOnlyList<PreparedRecord> changed, CancellationToken cancellationToken)
    {
        List<PreparedRecord> waiting = [];
        foreach (var one in changed)
        {
            if (await UpdateAsync(one, cancellationToken) is not null)
            {
                waiting.Add(one);
            }
        }

        waiting.AddRange((await CreateAsync(added, cancellationToken)).Select(existing => existing.Record));
        return waiting.ConvertAll(one => one with { Record = one.Record.WithoutMembers() });
    }

    /// <summary>Writes the records that have waited for their keys, or refuses them.</summary>
    public async Task WriteWaitingAsync(IReadOnlyCollection<PreparedRecord> waiting, CancellationToken cancellationToken)
    {
        var blocked = await KeyMoves.RunAsync(
            waiting.Where(one => !one.IsNew),
            one => one.Imported.NewId.ToString(),
            async one => (await UpdateAsync(one, cancellationToken))?.ToString(),
            one => ParkAsync(one, cancellationToken));
        foreach (var (one, _) in blocked)
        {
            Keep(one.Imported.NewId);
        }

        List<(PreparedRecord Record, Ulid HolderId)> taken = blocked.ConvertAll(one => (one.Record, Ulid.Parse(one.HolderId, null)));
        foreach (var set in waiting.Where(one => one.IsNew).Chunk(ImportRun.SetSize))
        {
            taken.AddRange(await CreateAsync(set, cancellationToken));
        }

        foreach (var set in taken.Chunk(ImportRun.SetSize))
        {
            await TakeOverAsync(set, cancellationToken);
        }
    }

    /// <summary>Remembers which record here is which elsewhere.</summary>
    public static Task RememberAsync(AccountsDbContext context, ImportedRecord record, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync(
            $"""
            insert into imported_records (organization_id, kind, old_id, new_id, hash)
            values ({context.OrganizationId.ToGuid()}, {record.Kind}, {record.OldId}, {record.NewId.ToGuid()}, {record.Hash})
            on conflict (organization_id, kind, old_id) do update set new_id = excluded.new_id, hash = excluded.hash
            """,
            cancellationToken);

    /// <summary>Creates records, in one transaction if the kind allows it.</summary>
    /// <returns>Those whose keys other records have, with the IDs of these.</returns>
    private async Task<List<(PreparedRecord Record, Ulid HolderId)>> CreateAsync(
        IReadOnlyList<PreparedRecord> added, CancellationToken cancellationToken)
    {
        if (kind.CreatesSets && added.Count > 1)
        {
            return await CreateSetAsync(added, cancellationToken);
        }

        List<(PreparedRecord, Ulid)> existing = [];
        foreach (var one in added)
        {
            Error? error;
            await using (var scope = Scope(one))
            {
                error = await kind.CreateAsync(scope.ServiceProvider, one.Record.Request, cancellationToken);
            }

            if (error is null)
            {
                counts.AddCreated(kind.Name, one.Imported.NewId.ToString());
            }
            else if (WireFormat.TryParseId(error.ExistingId, out var holder))
            {
                existing.Add((one, holder));
            }
            else
            {
                Refuse(one, error.Message);
            }
        }

        return existing;
    }

    private async Task<List<(PreparedRecord Record, Ulid HolderId)>> CreateSetAsync(
        IReadOnlyList<PreparedRecord> added, CancellationToken cancellationToken)
    {
        await using var scope = scopes.Create();
        scope.ServiceProvider.GetRequiredService<RecordOrigin>().SetCopy();
        var created = await kind.CreateSetAsync(
            scope.ServiceProvider,
            [.. added.Select(one => new SetItem<byte[]>(one.Record.Request, one.Imported.NewId, one.Record.UpdatedAt, one.Imported))],
            cancellationToken);
        List<(PreparedRecord, Ulid)> existing = [];
        if (!created.TryGetValue(out var results, out var refusal))
        {
            foreach (var one in added)
            {
                Refuse(one, refusal.Message);
            }

            return existing;
        }

        for (var index = 0; index < added.Count; index++)
        {
            if (results[index].Error is { } error)
            {
                Refuse(added[index], error.Message);
            }
            else if (results[index].ExistingId is { } holder)
            {
                existing.Add((added[index], holder));
            }
            else
            {
                counts.AddCreated(kind.Name, added[index].Imported.NewId.ToString());
            }
        }

        return existing;
    }

    /// <summary>Updates a record, or refuses it.</summary>
    /// <returns>The ID of the record that has its key, if that is why it was not updated; otherwise <see langword="null"/>.</returns>
    private async Task<Ulid?> UpdateAsync(PreparedRecord one, CancellationToken cancellationToken)
    {
        await using var scope = Scope(one);
        var services = scope.ServiceProvider;
        if (await kind.UpdateAsync(services, one.Imported.NewId, one.Record.Request, cancellationToken) is { } error)
        {
            if (WireFormat.TryParseId(error.ExistingId, out var holder))
            {
                return holder;
            }

            Refuse(one, error.Message);
            return null;
        }

        await RememberAsync(services.GetRequiredService<AccountsDbContext>(), one.Imported, cancellationToken);
        if (services.GetRequiredService<RecordOrigin>().HasWritten)
        {
            counts.AddChanged(kind.Name, one.Imported.NewId.ToString());
        }
        else
        {
            counts.AddUnchanged(kind.Name, one.Imported.NewId.ToString());
        }

        return null;
    }

    /// <summary>Gives a record a key that no other record has, until it can get its own.</summary>
    private async Task<bool> ParkAsync(PreparedRecord one, CancellationToken cancellationToken)
    {
        if (kind.ParkRequest(one.Imported.NewId.ToString()) is not { } request)
        {
            return false;
        }

        await using var scope = scopes.Create();
        var services = scope.ServiceProvider;

        // If the import is interrupted from here on, the next one must write the record, even if it is then again what it was before.
        var unfinished = new ImportedRecord { Kind = kind.Name, OldId = one.Imported.OldId, NewId = one.Imported.NewId, Hash = [] };
        await RememberAsync(services.GetRequiredService<AccountsDbContext>(), unfinished, cancellationToken);

        // The earliest time, so that the record can still get that of its last change.
        services.GetRequiredService<RecordOrigin>().SetCopy(unfinished, DateTimeOffset.MinValue, _ => { });
        return await kind.UpdateAsync(services, one.Imported.NewId, request, cancellationToken) is null;
    }

    /// <summary>
    /// Updates the records that have the keys of new ones, if they are not the copies of others. Refuses the rest.
    /// </summary>
    private async Task TakeOverAsync(
        IReadOnlyList<(PreparedRecord Record, Ulid HolderId)> taken, CancellationToken cancellationToken)
    {
        var originals = await FindOriginalsAsync(taken.Select(one => one.HolderId), cancellationToken);
        HashSet<Ulid> taking = [];
        foreach (var (one, holder) in taken)
        {
            var original = originals[holder].FirstOrDefault(oldId => kind.Key?.IsIdentity != true || _read.Contains(oldId));
            if (one.IsNew && original is null && !_kept.Contains(holder) && taking.Add(holder))
            {
                var found = new ImportedRecord { Kind = kind.Name, OldId = one.Imported.OldId, NewId = holder, Hash = one.Imported.Hash };
                if (await UpdateAsync(one with { Imported = found }, cancellationToken) is null)
                {
                    continue;
                }
            }

            counts.AddRefused(kind.Name, one.Record.OldId, kind.DescribeHolder(holder.ToString(), original));
        }
    }

    /// <summary>Returns the IDs elsewhere of the records that some here are copies of.</summary>
    private async Task<ILookup<Ulid, string>> FindOriginalsAsync(IEnumerable<Ulid> asked, CancellationToken cancellationToken)
    {
        await using var scope = scopes.Create();
        var context = scope.ServiceProvider.GetRequiredService<AccountsDbContext>();
        List<Ulid> newIds = [.. asked.Distinct()];
        return (await context.ImportedRecords.Where(record => record.Kind == kind.Name && newIds.Contains(record.NewId))
            .Select(record => new { record.NewId, record.OldId })
            .ToListAsync(cancellationToken)).ToLookup(record => record.NewId, record => record.OldId);
    }

    private void Refuse(PreparedRecord one, string reason)
    {
        Keep(one.Imported.NewId);
        counts.AddRefused(kind.Name, one.Record.OldId, reason);
    }

    private AsyncServiceScope Scope(PreparedRecord one)
    {
        var scope = scopes.Create(one.Record);
        scope.ServiceProvider.GetRequiredService<RecordOrigin>().SetCopy(
            one.Imported,
            one.Record.UpdatedAt,
            entity => one.Record.Complete(entity, ids),
            id => counts.HasWritten(kind.Name, id.ToString()));
        return scope;
    }
}
