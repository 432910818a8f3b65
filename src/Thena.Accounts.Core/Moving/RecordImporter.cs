using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Core.Bulk;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Core.Tenancy;
using Thena.Accounts.Core.Time;

namespace Thena.Accounts.Core.Moving;

/// <summary>How an import works.</summary>
public sealed record ImportOptions
{
    /// <summary>Whether nothing is written.</summary>
    public bool DryRun { get; init; }

    /// <summary>The email address of the user who stands for users that cannot be found.</summary>
    public string? DefaultUser { get; init; }
}

/// <summary>
/// Copies records from elsewhere into an organization. Remembers which record came from which, so that a second run, or one after an
/// interruption, changes what has changed, adds what is new and repeats nothing.
/// </summary>
public sealed class RecordImporter(IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>The number of records that are looked up and written together.</summary>
    private const int SetSize = 400;

    /// <summary>The number of sets that are written at the same time, while the next one is read and looked up.</summary>
    private const int MaxWriters = 2;

    private static readonly Error AlreadyRunning = Error.Conflict("Another import into this organization is running. Wait for its end.");

    /// <summary>Copies all records of a source.</summary>
    /// <param name="organizationId">The organization.</param>
    /// <param name="source">The source.</param>
    /// <param name="options">How the import works.</param>
    /// <param name="progress">Is told after each set of records.</param>
    /// <param name="cancellationToken">Token that stops the import between two records. Nothing is half written.</param>
    /// <returns>The report, or the error (404) if the organization does not exist.</returns>
    /// <exception cref="RecordSourceException">The source cannot be read.</exception>
    public async Task<Result<ImportReport>> RunAsync(
        string organizationId,
        IRecordSource source,
        ImportOptions options,
        Action<MovingProgress> progress,
        CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (!await scope.ServiceProvider.GetRequiredService<AdministrationService>().ChooseAsync(organizationId, cancellationToken))
        {
            return AdministrationService.OrganizationNotFound;
        }

        var context = scope.ServiceProvider.GetRequiredService<AccountsDbContext>();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await TryLockAsync(context, cancellationToken))
        {
            return AlreadyRunning;
        }

        var references = await CopiedReferences.LoadAsync(context, options.DefaultUser, cancellationToken);
        var run = new Run(scopes, time, context.OrganizationId, source, options, references, progress);
        for (var pass = 1; await run.PassAsync(cancellationToken) && pass < source.MaxPasses; pass++)
        {
        }

        return run.ToReport();
    }

    /// <summary>Prevents another import into the organization, until the end of the transaction.</summary>
    private static async Task<bool> TryLockAsync(AccountsDbContext context, CancellationToken cancellationToken) =>
        (await context.Database
            .SqlQuery<bool>(
                $"select pg_try_advisory_xact_lock(hashtextextended({"import into " + context.OrganizationId}, 0)) as \"Value\"")
            .ToListAsync(cancellationToken))[0];

    /// <summary>One run of an import.</summary>
    private sealed class Run(
        IServiceScopeFactory scopes,
        TimeProvider time,
        Ulid organizationId,
        IRecordSource source,
        ImportOptions options,
        CopiedReferences references,
        Action<MovingProgress> progress)
    {
        private readonly CopiedIds _ids = new(source.IsNewestFirst);
        private readonly ImportCounts _counts = new(source);

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
            Queue<(HashSet<string> OldIds, Task Written)> writes = [];
            try
            {
                await foreach (var records in SetsAsync(kind.Name, cancellationToken))
                {
                    // A record that the list shows again is not written by two sets at the same time.
                    var set = records.FindAll(record => !writes.Any(write => write.OldIds.Contains(record.OldId)));
                    var (added, changed) = await PrepareAsync(kind, set, cancellationToken);
                    if (writes.Count == MaxWriters)
                    {
                        await writes.Dequeue().Written;
                    }

                    writes.Enqueue((
                        set.Select(record => record.OldId).ToHashSet(StringComparer.Ordinal),
                        Task.Run(() => WriteAsync(kind, added, changed, cancellationToken), cancellationToken)));
                }
            }
            finally
            {
                await Task.WhenAll(writes.Select(write => write.Written));
            }
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
            CopiedKind kind, List<CopiedRecord> records, CancellationToken cancellationToken)
        {
            Dictionary<string, ImportedRecord> known;
            Dictionary<Ulid, bool> taken;
            await using (var scope = Scope())
            {
                var context = scope.ServiceProvider.GetRequiredService<AccountsDbContext>();
                known = await CopiedReferences.FindAsync(
                    context, kind.Name, records.ConvertAll(record => record.OldId), cancellationToken);
                records.ForEach(record => record.AddReferences(kind, references));
                await references.LookUpAsync(context, cancellationToken);
                taken = await FindTakenAsync(
                    context,
                    kind,
                    [.. WireFormat.ParseIds(records.Select(record => record.OldId)), .. known.Values.Select(record => record.NewId)],
                    cancellationToken);
            }

            await LookUpUsersAsync(cancellationToken);
            List<PreparedRecord> added = [], changed = [];
            foreach (var record in records)
            {
                var (missingRecord, missingUser) = record.Translate(kind, references);

                // A dry run has not imported the records that others refer to, and creates no users.
                var problem = !options.DryRun ? missingRecord ?? missingUser : source.CreatesUsers ? null : missingUser;
                var twin = known.GetValueOrDefault(record.OldId);
                if (problem is not null)
                {
                    _counts.AddRefused(kind.Name, record.OldId, problem);
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
                    }));
                }
            }

            return (added, changed);
        }

        /// <summary>Creates and updates the records of a set.</summary>
        private async Task WriteAsync(
            CopiedKind kind, List<PreparedRecord> added, List<PreparedRecord> changed, CancellationToken cancellationToken)
        {
            if (options.DryRun)
            {
                _counts.AddCreated(kind.Name, added.Count);
                _counts.AddChanged(kind.Name, changed.Count);
                return;
            }

            if (kind.CreatesSets && added.Count > 1)
            {
                changed.AddRange(await CreateSetAsync(kind, added, cancellationToken));
            }
            else
            {
                foreach (var (record, imported) in added)
                {
                    await CreateAsync(kind, record, imported, cancellationToken);
                }
            }

            foreach (var (record, imported) in changed)
            {
                await UpdateAsync(kind, record, imported, cancellationToken);
            }
        }

        /// <summary>Creates records in one transaction.</summary>
        /// <returns>Those that exist here already, and are to be updated.</returns>
        private async Task<List<PreparedRecord>> CreateSetAsync(
            CopiedKind kind, List<PreparedRecord> added, CancellationToken cancellationToken)
        {
            await using var scope = Scope();
            scope.ServiceProvider.GetRequiredService<RecordOrigin>().SetCopy();
            var created = await kind.CreateSetAsync(
                scope.ServiceProvider,
                [.. added.Select(one => new SetItem<byte[]>(one.Record.Request, one.Imported.NewId, one.Record.UpdatedAt, one.Imported))],
                cancellationToken);
            if (!created.TryGetValue(out var results, out var refusal))
            {
                added.ForEach(one => _counts.AddRefused(kind.Name, one.Record.OldId, refusal.Message));
                return [];
            }

            List<PreparedRecord> existing = [];
            for (var index = 0; index < added.Count; index++)
            {
                var (record, imported) = added[index];
                if (results[index].Error is { } error)
                {
                    _counts.AddRefused(kind.Name, record.OldId, error.Message);
                }
                else if (results[index].ExistingId is { } id)
                {
                    existing.Add(new PreparedRecord(record, With(imported, id)));
                }
                else
                {
                    _counts.AddCreated(kind.Name, imported.NewId.ToString());
                }
            }

            return existing;
        }

        private async Task CreateAsync(
            CopiedKind kind, CopiedRecord record, ImportedRecord imported, CancellationToken cancellationToken)
        {
            Error? error;
            await using (var scope = Scope(record, imported))
            {
                error = await kind.CreateAsync(scope.ServiceProvider, record.Request, cancellationToken);
            }

            if (error is null)
            {
                _counts.AddCreated(kind.Name, imported.NewId.ToString());
            }
            else if (WireFormat.TryParseId(error.ExistingId, out var existing))
            {
                await UpdateAsync(kind, record, With(imported, existing), cancellationToken);
            }
            else
            {
                _counts.AddRefused(kind.Name, record.OldId, error.Message);
            }
        }

        private async Task UpdateAsync(
            CopiedKind kind, CopiedRecord record, ImportedRecord imported, CancellationToken cancellationToken)
        {
            await using var scope = Scope(record, imported);
            var services = scope.ServiceProvider;
            if (await kind.UpdateAsync(services, imported.NewId, record.Request, cancellationToken) is { } error)
            {
                _counts.AddRefused(kind.Name, record.OldId, error.Message);
                return;
            }

            await RememberAsync(services.GetRequiredService<AccountsDbContext>(), imported, cancellationToken);
            if (services.GetRequiredService<RecordOrigin>().HasWritten)
            {
                _counts.AddChanged(kind.Name, imported.NewId.ToString());
            }
            else
            {
                _counts.AddUnchanged(kind.Name, imported.NewId.ToString());
            }
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

                await using var scope = Scope();
                var administration = scope.ServiceProvider.GetRequiredService<AdministrationService>();
                if (CopiedIds.TryParse(oldId, time.Now(), out var id) && await administration.IsUserIdFreeAsync(id, cancellationToken))
                {
                    scope.ServiceProvider.GetRequiredService<RecordOrigin>().SetCopy(
                        new ImportedRecord { Kind = RecordKinds.Users, OldId = oldId, NewId = id, Hash = [] }, id.Time, _ => { });
                }

                var result = await administration.CreateUserAsync(
                    new CreateUserRequest(
                        organizationId.ToString(),
                        user.Name.Length > 0 ? user.Name : user.Email,
                        user.Email,
                        user.AvatarUrl.Length > 0 ? user.AvatarUrl : null),
                    cancellationToken);
                created += result.Error is null ? 1 : 0;
                return result.TryGetValue(out var response, out _) ? response.Id : null;
            });
            if (found.Count > 0 && !options.DryRun)
            {
                await using var scope = Scope();
                foreach (var (oldId, id) in found)
                {
                    await RememberAsync(
                        scope.ServiceProvider.GetRequiredService<AccountsDbContext>(),
                        new ImportedRecord { Kind = RecordKinds.Users, OldId = oldId, NewId = WireFormat.IdOrNone(id), Hash = [] },
                        cancellationToken);
                }
            }

            _counts.AddCreated(RecordKinds.Users, created);
            return created;
        }

        /// <summary>
        /// Returns which of the IDs records here have, and whether those still exist. Looks up each ID on its own, as
        /// <see cref="CopiedReferences.FindAsync"/> does.
        /// </summary>
        private static async Task<Dictionary<Ulid, bool>> FindTakenAsync(
            AccountsDbContext context, CopiedKind kind, IEnumerable<Ulid> asked, CancellationToken cancellationToken)
        {
            var batch = new QueryBatch(context);
            batch.LookUpByIndex();
            var ids = batch.Add(
                $"""
                select wanted.id, found.lives
                from unnest($2::uuid[]) as wanted (id)
                cross join lateral (
                    select deleted_at is null as lives from {kind.Table} where organization_id = $1 and id = wanted.id limit 1
                ) found
                """,
                [
                    new NpgsqlParameter<Guid> { TypedValue = context.OrganizationId.ToGuid() },
                    new NpgsqlParameter<Guid[]> { TypedValue = [.. asked.Distinct().Select(id => id.ToGuid())] },
                ],
                reader => KeyValuePair.Create(new Ulid(reader.GetGuid(0)), reader.GetBoolean(1)));
            await batch.RunAsync(cancellationToken);
            return new Dictionary<Ulid, bool>(ids);
        }

        private static Task RememberAsync(AccountsDbContext context, ImportedRecord record, CancellationToken cancellationToken) =>
            context.Database.ExecuteSqlAsync(
                $"""
                insert into imported_records (organization_id, kind, old_id, new_id, hash)
                values ({context.OrganizationId.ToGuid()}, {record.Kind}, {record.OldId}, {record.NewId.ToGuid()}, {record.Hash})
                on conflict (organization_id, kind, old_id) do update set new_id = excluded.new_id, hash = excluded.hash
                """,
                cancellationToken);

        private static ImportedRecord With(ImportedRecord record, Ulid id) =>
            new() { Kind = record.Kind, OldId = record.OldId, NewId = id, Hash = record.Hash };

        private AsyncServiceScope Scope(CopiedRecord record, ImportedRecord imported)
        {
            var scope = Scope();
            scope.ServiceProvider.GetRequiredService<CurrentOrganization>().Choose(
                new Caller(
                    organizationId,
                    OrganizationTier.Enterprise,
                    WireFormat.TryParseId(record.UserId, out var user) ? user : default,
                    KeyId: default,
                    KeyPrefix: "",
                    ApiKeyScopes.All));
            scope.ServiceProvider.GetRequiredService<RecordOrigin>().SetCopy(
                imported, record.UpdatedAt, entity => record.Complete(entity, _ids));
            return scope;
        }

        private AsyncServiceScope Scope()
        {
            var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentOrganization>().Choose(organizationId);
            return scope;
        }

        /// <summary>A record to write, and how it is remembered.</summary>
        private sealed record PreparedRecord(CopiedRecord Record, ImportedRecord Imported);
    }
}
