using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Schema;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Moving;

/// <summary>One run of an import: reads the records of a source, and finds out which of them are new or have changed.</summary>
internal sealed class ImportRun(
    ImportScopes scopes,
    TimeProvider time,
    IRecordSource source,
    ImportOptions options,
    CopiedReferences references,
    Action<MovingProgress> progress)
{
    /// <summary>The number of records that are looked up and written together.</summary>
    public const int SetSize = 400;

    /// <summary>The number of sets that are written at the same time, while the next one is read and looked up.</summary>
    private const int MaxWriters = 2;

    private readonly CopiedIds _ids = new(source.IsNewestFirst);
    private readonly ImportCounts _counts = new(source, references);

    /// <summary>Returns the report.</summary>
    public ImportReport ToReport() => _counts.ToReport(options.DryRun);

    /// <summary>Reads all records of the source once.</summary>
    /// <returns>Whether anything was written, so that the source is to be read again.</returns>
    public async Task<bool> PassAsync(CancellationToken cancellationToken)
    {
        var before = _counts.Writes;
        await foreach (var set in SetsAsync(RecordKinds.Users, cancellationToken))
        {
            await ImportUsersAsync(set, cancellationToken);
        }

        foreach (var kind in CopiedKind.InOrder(options.DryRun))
        {
            await ImportAsync(kind, cancellationToken);
        }

        return !options.DryRun && _counts.Writes > before;
    }

    private async Task ImportAsync(CopiedKind kind, CancellationToken cancellationToken)
    {
        var writer = new ImportWriter(kind, scopes, _counts, _ids);
        Dictionary<string, PreparedRecord> waiting = new(StringComparer.Ordinal);
        Queue<(HashSet<string> OldIds, Task<List<PreparedRecord>> Written)> writes = [];
        try
        {
            await foreach (var records in SetsAsync(kind.Name, cancellationToken))
            {
                // A record that the list shows again is not written by two sets at the same time.
                var set = records.FindAll(record => !writes.Any(write => write.OldIds.Contains(record.OldId)));
                set.ForEach(record => waiting.Remove(record.OldId));
                var (added, changed) = await PrepareAsync(writer, kind, set, cancellationToken);
                if (writes.Count == MaxWriters)
                {
                    AddWaiting(await writes.Dequeue().Written);
                }

                writes.Enqueue((
                    set.Select(record => record.OldId).ToHashSet(StringComparer.Ordinal),
                    Task.Run(() => WriteAsync(writer, kind, added, changed, cancellationToken), cancellationToken)));
            }
        }
        finally
        {
            await Task.WhenAll(writes.Select(write => write.Written));
        }

        foreach (var write in writes)
        {
            AddWaiting(await write.Written);
        }

        await writer.WriteWaitingAsync(waiting.Values, cancellationToken);

        void AddWaiting(List<PreparedRecord> records) => records.ForEach(record => waiting[record.Record.OldId] = record);
    }

    /// <summary>Creates and updates the records of a set.</summary>
    /// <returns>The records whose keys other records still have.</returns>
    private async Task<List<PreparedRecord>> WriteAsync(
        ImportWriter writer,
        CopiedKind kind,
        List<PreparedRecord> added,
        List<PreparedRecord> changed,
        CancellationToken cancellationToken)
    {
        if (!options.DryRun)
        {
            return await writer.WriteAsync(added, changed, cancellationToken);
        }

        _counts.AddCreated(kind.Name, added.Count);
        _counts.AddChanged(kind.Name, changed.Count);
        return [];
    }

    /// <summary>Reads the records of a kind in sets, and counts them.</summary>
    private async IAsyncEnumerable<List<CopiedRecord>> SetsAsync(
        string kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _counts.StartReading(kind);
        List<CopiedRecord> set = [];
        await foreach (var json in source.ReadAsync(kind, cancellationToken))
        {
            _counts.AddRead(kind);
            if (CopiedRecord.Parse(json, time.Now()) is { } record)
            {
                set.Add(record);
            }
            else
            {
                _counts.AddRefused(kind, "", CopiedRecord.NotARecord);
            }

            if (set.Count == SetSize)
            {
                // A list that changes while it is read can show a record twice.
                yield return [.. set.DistinctBy(one => one.OldId)];
                progress(_counts.ProgressOf(kind));
                set.Clear();
            }
        }

        if (set.Count > 0)
        {
            yield return [.. set.DistinctBy(one => one.OldId)];
        }

        progress(_counts.ProgressOf(kind));
    }

    private async Task ImportUsersAsync(List<CopiedRecord> users, CancellationToken cancellationToken)
    {
        foreach (var user in users)
        {
            user.AddUser(references);
        }

        var created = await LookUpUsersAsync(cancellationToken);
        var missing = 0;
        foreach (var user in users.Where(user => references.FindUser(user.OldId) is null))
        {
            missing++;
            if (options.DryRun)
            {
                _counts.AddCreated(RecordKinds.Users);
            }
            else
            {
                _counts.AddRefused(RecordKinds.Users, user.OldId, "The user does not exist here, and has no valid email address");
            }
        }

        _counts.AddUnchanged(RecordKinds.Users, users.Count - created - missing);
    }

    /// <summary>Looks up the records of a set, and turns them into requests.</summary>
    /// <returns>The records to create, and those to update.</returns>
    private async Task<(List<PreparedRecord> Added, List<PreparedRecord> Changed)> PrepareAsync(
        ImportWriter writer, CopiedKind kind, List<CopiedRecord> records, CancellationToken cancellationToken)
    {
        Dictionary<string, ImportedRecord> known;
        Dictionary<Ulid, bool> taken;
        await using (var scope = scopes.Create())
        {
            var reads = scope.ServiceProvider.GetRequiredService<Records>();
            known = await CopiedReferences.FindAsync(
                reads, kind.Name, records.ConvertAll(record => record.OldId), cancellationToken);
            records.ForEach(record => record.AddReferences(kind, references));
            await references.LookUpAsync(reads, cancellationToken);
            taken = await kind.FindIdsAsync(
                reads,
                [.. WireFormat.ParseIds(records.Select(record => record.OldId)), .. known.Values.Select(record => record.NewId)],
                cancellationToken);
        }

        await LookUpUsersAsync(cancellationToken);
        List<PreparedRecord> added = [], changed = [];
        foreach (var record in records)
        {
            writer.AddRead(record);
            var (missingRecord, missingUser) = record.Translate(kind, references);

            // A dry run has not imported the records that others refer to, and creates no users.
            var problem = !options.DryRun ? missingRecord ?? missingUser : source.CreatesUsers ? null : missingUser;
            var twin = known.GetValueOrDefault(record.OldId);
            if (problem is not null)
            {
                _counts.AddRefused(kind.Name, record.OldId, problem);
                writer.Keep(twin?.NewId ?? WireFormat.IdOrNone(record.OldId));
            }
            else if (twin is not null && (twin.Hash.AsSpan().SequenceEqual(record.Hash) || !taken.GetValueOrDefault(twin.NewId)))
            {
                // It is the same, or has been deleted here.
                _counts.AddUnchanged(kind.Name, twin.NewId.ToString());
            }
            else
            {
                // A record with the same ID is the same one. If it has been deleted here, the new one gets another ID.
                var id = twin?.NewId ?? _ids.Next(record.OldId, record.CreatedAt);
                var isNew = twin is null && !taken.GetValueOrDefault(id);
                (isNew ? added : changed).Add(new PreparedRecord(record, new ImportedRecord
                {
                    Kind = kind.Name,
                    OldId = record.OldId,
                    NewId = isNew && taken.ContainsKey(id) ? _ids.Next(record.CreatedAt) : id,
                    Hash = record.Hash,
                }, isNew));
            }
        }

        return (added, changed);
    }

    /// <summary>Finds users by their email addresses, and creates and counts those that are missing.</summary>
    /// <returns>The number of created users.</returns>
    private async Task<int> LookUpUsersAsync(CancellationToken cancellationToken)
    {
        var created = 0;
        var found = await references.LookUpUsersAsync(async (oldId, user) =>
        {
            if (!source.CreatesUsers || options.DryRun)
            {
                return null;
            }

            await using var scope = scopes.Create();
            var administration = scope.ServiceProvider.GetRequiredService<AdministrationService>();
            if (CopiedIds.TryParse(oldId, time.Now(), out var id) && await administration.IsUserIdFreeAsync(id, cancellationToken))
            {
                scope.ServiceProvider.GetRequiredService<RecordOrigin>().SetCopy(
                    new ImportedRecord { Kind = RecordKinds.Users, OldId = oldId, NewId = id, Hash = [] }, id.Time, _ => { });
            }

            var result = await administration.CreateUserAsync(
                new CreateUserRequest(
                    scopes.OrganizationId.ToString(),
                    user.Name.Length > 0 ? user.Name : user.Email,
                    user.Email,
                    user.AvatarUrl.Length > 0 ? user.AvatarUrl : null),
                cancellationToken);
            created += result.Error is null ? 1 : 0;
            return result.TryGetValue(out var response, out _) ? response.Id : null;
        });
        if (found.Count > 0 && !options.DryRun)
        {
            await using var scope = scopes.Create();
            foreach (var (oldId, id) in found)
            {
                await ImportWriter.RememberAsync(
                    scope.ServiceProvider.GetRequiredService<AccountsDbContext>(),
                    new ImportedRecord { Kind = RecordKinds.Users, OldId = oldId, NewId = WireFormat.IdOrNone(id), Hash = [] },
                    cancellationToken);
            }
        }

        _counts.AddCreated(RecordKinds.Users, created);
        return created;
    }
}
