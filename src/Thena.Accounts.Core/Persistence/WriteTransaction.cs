using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Core.Tenancy;

namespace Thena.Accounts.Core.Persistence;

/// <summary>
/// Runs use cases that write. Each runs in a transaction, which is committed if it succeeds and rolled back if it fails.
/// A use case that collides with another one runs again from the start.
/// </summary>
/// <remarks>
/// A use case first locks rows in a fixed order. It reads the values that its decisions depend on in a later statement: under READ
/// COMMITTED, a statement that waited for a lock still sees all other rows as they were before the wait (ADR 10).
/// </remarks>
public sealed class WriteTransaction(
    AccountsDbContext context, CurrentOrganization organization, RequestConditions conditions, ReferenceDataCache referenceData)
{
    private const int MaxAttempts = 6;
    private const int MaxAttemptsWithReferences = 2;
    private const int MaxDelayMilliseconds = 20;

    /// <summary>The error if the same request is still being processed.</summary>
    public static readonly Error StillRunning =
        Error.Conflict("A request with this Idempotency-Key is still being processed!") with { RetryAfter = TimeSpan.FromSeconds(1) };

    /// <summary>The error if another request has used the idempotency key.</summary>
    public static readonly Error KeyReused =
        new(ErrorKind.KeyReused, "This Idempotency-Key was already used for a different request!");

    /// <summary>The error if the record has changed since the client read it.</summary>
    public static readonly Error VersionChanged = new(ErrorKind.VersionChanged, "The record does not match the version in If-Match!");

    private IdempotencyClaim? _claim;
    private ReferenceData? _references;
    private bool _creates;
    private bool _isInserted;
    private TenantEntity? _created;
    private bool _isCommitted;
    private bool _mayBeCommitted;
    private bool _isVersionChecked;

    /// <summary>
    /// Whether the use case has succeeded, but its transaction waits for the response, which is stored in it
    /// (<see cref="StoreAndCommitAsync"/>).
    /// </summary>
    public bool AwaitsResponse { get; private set; }

    /// <summary>Runs a use case.</summary>
    /// <param name="useCase">The use case. It may run several times, so it must not change anything but the database.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <param name="rules">The unique indexes that the use case can violate, each with its conflict.</param>
    /// <returns>The result of the use case, or the conflict of the unique index that it violated.</returns>
    internal Task<Result<T>> RunAsync<T>(Func<Task<Result<T>>> useCase, CancellationToken cancellationToken, params UniqueRule[] rules) =>
        RunAsync(useCase, usesReferences: false, rules, cancellationToken);

    /// <summary>Runs a use case that creates or changes a record. Commits and reads the response in one round trip.</summary>
    /// <param name="shape">The shape of the response.</param>
    /// <param name="useCase">The use case. It returns the record, which does not have to be saved yet.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <param name="rules">The unique indexes that the use case can violate, each with its conflict.</param>
    internal Task<Result<TResponse>> RunAsync<TRecord, TResponse>(
        RecordShape<TResponse> shape,
        Func<Task<Result<TRecord>>> useCase,
        CancellationToken cancellationToken,
        params UniqueRule[] rules)
        where TRecord : TenantEntity =>
        RunAsync(() => SaveAndReadAsync(shape, useCase, cancellationToken), usesReferences: false, rules, cancellationToken);

    /// <summary>
    /// Runs a use case that creates a record, which it stamps and the context does not track. Its batch has the reference data of the
    /// organization, so they need no locks: the foreign keys of the new record take them, and the transaction fails if the data have
    /// changed before (ADR 18).
    /// </summary>
    /// <param name="shape">The shape of the response.</param>
    /// <param name="useCase">The use case. It adds its queries to the batch and runs it, before anything else is written.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <param name="rules">The unique indexes that the use case can violate, each with its conflict.</param>
    internal Task<Result<TResponse>> CreateAsync<TRecord, TResponse>(
        RecordShape<TResponse> shape,
        Func<QueryBatch, Task<Result<TRecord>>> useCase,
        CancellationToken cancellationToken,
        params UniqueRule[] rules)
        where TRecord : TenantEntity => RunAsync(
        () =>
        {
            _creates = true;
            return SaveAndReadAsync(
                shape, () => useCase(new QueryBatch(context, _references, leavesClaim: true)), cancellationToken);
        },
        usesReferences: !typeof(TRecord).IsAssignableTo(typeof(IReferenceData)),
        rules,
        cancellationToken);

    /// <summary>Runs a use case that returns nothing, such as a deletion.</summary>
    /// <inheritdoc cref="RunAsync{T}(Func{Task{Result{T}}}, CancellationToken, UniqueRule[])"/>
    internal async Task<Result> RunAsync(Func<Task<Result>> useCase, CancellationToken cancellationToken)
    {
        var result = await RunAsync<bool>(async () => (await useCase()).Error is { } error ? error : true, cancellationToken);
        return result.Error is { } failure ? failure : Result.Done;
    }

    /// <summary>
    /// Stores the response of the use case in its transaction and commits, in one round trip. The response can be sent again from then on.
    /// </summary>
    /// <returns>The error if another server has stored a response to the same key; otherwise <see langword="null"/>.</returns>
    public async Task<Error?> StoreAndCommitAsync(SerializedResponse response, CancellationToken cancellationToken)
    {
        AwaitsResponse = false;
        await using var batch = context.CreateBatch();
        batch.BatchCommands.Add(_claim!.CreateInsert(response));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
            return null;
        }
        catch (PostgresException exception) when (DatabaseFaults.Violates(exception, IdempotentRequestConfiguration.PrimaryKey))
        {
            return StillRunning;
        }
        catch (Exception exception)
        {
            context.Note(exception);
            throw;
        }
        finally
        {
            // Rolls back what has not been committed.
            await context.Database.CurrentTransaction!.DisposeAsync();
        }
    }

    /// <summary>
    /// Saves a record and its parts before the end of the use case, if anything has changed. A change to a part alone also updates
    /// <c>updatedAt</c>.
    /// </summary>
    /// <exception cref="VersionChangedException">The record has changed since the client read it.</exception>
    internal async Task SaveAsync(TenantEntity record, CancellationToken cancellationToken)
    {
        if (!_creates || _isInserted)
        {
            await SaveChangesAsync(record, cancellationToken);
            return;
        }

        var batch = new QueryBatch(context);
        AddInserts(batch, record);
        await batch.RunAsync(cancellationToken);
        _isInserted = true;
    }

    /// <summary>Deletes a record that nothing refers to, such as a note.</summary>
    /// <param name="record">A query for the record.</param>
    /// <param name="notFound">The error if there is no such record.</param>
    /// <param name="now">The time of the deletion.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    internal Task<Result> DeleteAsync<TRecord>(
        IQueryable<TRecord> record, Error notFound, DateTimeOffset now, CancellationToken cancellationToken)
        where TRecord : TenantEntity => RunAsync(
        async () => await SoftDeleteAsync(record, now, cancellationToken) > 0 ? Result.Done : notFound,
        cancellationToken);

    /// <summary>
    /// Deletes the records that the request names, as <see cref="SoftDeletion"/> does, under the conditions of the request.
    /// </summary>
    /// <returns>The number of deleted records.</returns>
    /// <exception cref="VersionChangedException">A record has changed since the client read it.</exception>
    internal async Task<int> SoftDeleteAsync<TRecord>(
        IQueryable<TRecord> records, DateTimeOffset now, CancellationToken cancellationToken)
        where TRecord : TenantEntity
    {
        var batch = new QueryBatch(context);
        var versions = conditions.Versions is null || _isVersionChecked
            ? []
            : batch.Add(records, record => new RecordVersion(record.UpdatedAt), RowLock.Delete);
        await batch.RunAsync(cancellationToken);
        foreach (var version in versions)
        {
            conditions.Check(version.UpdatedAt);
        }

        var count = await records.SoftDeleteAsync(now, cancellationToken);
        if (typeof(TRecord).IsAssignableTo(typeof(IReferenceData)))
        {
            // Last, as in every transaction: the row is locked from here to the commit.
            await context.ChangeReferenceVersionAsync(context.OrganizationId, cancellationToken);
        }

        return count;
    }

    /// <summary>Starts a read in the transaction.</summary>
    internal RecordRead<TResponse> Read<TResponse>(RecordShape<TResponse> shape) =>
        new(shape, context.OrganizationId, context.CreateBatch);

    private async Task<Result<TResponse>> SaveAndReadAsync<TRecord, TResponse>(
        RecordShape<TResponse> shape, Func<Task<Result<TRecord>>> useCase, CancellationToken cancellationToken)
        where TRecord : TenantEntity
    {
        if (!(await useCase()).TryGetValue(out var record, out var error))
        {
            return error;
        }

        if (!_creates)
        {
            if (context.Origin.Complete(record, context.Entry(record).State == EntityState.Added) is { } imported)
            {
                context.Add(imported);
            }

            if (context.Origin.IsOutdated(record))
            {
                context.MarkChanged(record);
            }

            await SaveChangesAsync(record, cancellationToken);
        }

        var batch = new QueryBatch(context, _references);
        IReadOnlyList<TResponse>? responses = null;
        if (_creates && !_isInserted)
        {
            var returning = shape.ColumnsOfTable(_references);
            AddInserts(batch, record, returning);
            responses = returning is null ? null : batch.ReadRows(reader => shape.Read(new ColumnReader(reader, _references)));
        }

        responses ??= Read(shape).WhereEqual("id", record.Id.ToGuid()).AddTo(batch);
        _references?.AddCheck(batch, organization.Id);
        var commits = _claim is null && !context.Origin.IsTrial;
        if (commits)
        {
            batch.Add(new NpgsqlBatchCommand("commit"));
            _mayBeCommitted = true;
        }

        await batch.RunAsync(cancellationToken);
        _isCommitted = commits;
        return responses[0];
    }

    private async Task SaveChangesAsync(TenantEntity record, CancellationToken cancellationToken)
    {
        // Makes the claim, if no batch has made it.
        await new QueryBatch(context).RunAsync(cancellationToken);
        if (!_isVersionChecked && conditions.Versions is not null)
        {
            // The original value was read under the lock on the row.
            conditions.Check(context.Entry(record).Property(entity => entity.UpdatedAt).OriginalValue);
            _isVersionChecked = true;
        }

        // Once is enough: each of the calls below would look for changes again.
        context.ChangeTracker.DetectChanges();
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            if (context.ChangeTracker.HasChanges())
            {
                context.MarkChanged(record);
                await context.SaveChangesAsync(cancellationToken);
            }
        }
        finally
        {
            context.ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    /// <summary>Adds the inserts of a new record and its parts to a batch.</summary>
    private void AddInserts(QueryBatch batch, TenantEntity record, string? returning = null)
    {
        _created = record;
        context.Origin.HasWritten = true;
        var imported = context.Origin.Complete(record, isNew: true);
        record.StampNew(context.OrganizationId);
        batch.AddInserts(context, record, returning);
        if (record is IReferenceData)
        {
            batch.Add(ReferenceData.CreateChange(context.OrganizationId));
        }

        if (imported is not null)
        {
            batch.AddInserts(context, imported);
        }
    }

    private async Task<Result<T>> RunAsync<T>(
        Func<Task<Result<T>>> useCase, bool usesReferences, UniqueRule[] rules, CancellationToken cancellationToken)
    {
        ReferenceData? outdated = null;
        var isConflictRepeated = false;
        for (var attempt = 1; ; attempt++)
        {
            // Read before the transaction has a connection, as they may need one.
            _references = usesReferences && attempt <= MaxAttemptsWithReferences
                ? await referenceData.GetAsync(organization.Id, outdated, cancellationToken)
                : null;
            try
            {
                var result = await RunOnceAsync(useCase, cancellationToken);
                if (result.Error is null || _references is null)
                {
                    return result;
                }

                // The copy may lack what the request names, so the database decides about a refusal.
                usesReferences = false;
                context.ChangeTracker.Clear();
            }
            catch (Exception exception) when (FindViolated(rules, exception) is { } rule)
            {
                // The same request may have created the record without sharing the lock of its key, on another node of a cluster. Its
                // response is stored by now, and found if this one runs again.
                if (_claim is not null && !isConflictRepeated)
                {
                    isConflictRepeated = true;
                    context.ChangeTracker.Clear();
                    continue;
                }

                return await rule.ToErrorAsync(context, _created, cancellationToken);
            }
            catch (VersionChangedException)
            {
                return VersionChanged;
            }
            catch (ClaimRefusedException refused) when (attempt >= MaxAttempts || refused.Reason != ClaimRefusal.StillRunning)
            {
                conditions.Replay = refused.Response;
                return refused.Reason == ClaimRefusal.KeyReused ? KeyReused : StillRunning;
            }
            catch (Exception exception) when (
                attempt < MaxAttempts && (DatabaseFaults.IsCollision(exception) || ShowsOutdatedReferences(exception)
                    || DatabaseFaults.IsStatementLost(exception)
                    || (DatabaseFaults.IsOutOfStep(exception) && !_mayBeCommitted)))
            {
                outdated = ShowsOutdatedReferences(exception) ? _references : null;
                context.ChangeTracker.Clear();
                await Task.Delay(RandomNumberGenerator.GetInt32(1, MaxDelayMilliseconds << attempt), cancellationToken);
            }
        }
    }

    private async Task<Result<T>> RunOnceAsync<T>(Func<Task<Result<T>>> useCase, CancellationToken cancellationToken)
    {
        (_creates, _created, _isInserted, _isVersionChecked) = (false, null, false, false);
        (_isCommitted, _mayBeCommitted) = (false, false);
        _claim = conditions.IdempotencyKey is { } key ? new IdempotencyClaim(key, organization.Caller) : null;
        context.SetClaim(_claim);
        var transaction = await context.BeginWriteAsync(cancellationToken);
        try
        {
            var result = await useCase();
            if (context.TakeClaim() is not null && result.Error is null)
            {
                throw new InvalidOperationException("The use case has written without a claim on the idempotency key.");
            }

            AwaitsResponse = result.Error is null && _claim is not null;
            if (result.Error is null && !_isCommitted && !AwaitsResponse && !context.Origin.IsTrial)
            {
                _mayBeCommitted = true;
                await transaction.CommitAsync(cancellationToken);
            }

            return result;
        }
        catch (Exception exception)
        {
            context.Note(exception);
            throw;
        }
        finally
        {
            if (!AwaitsResponse)
            {
                await transaction.DisposeAsync();
            }
        }
    }

    /// <summary>
    /// Whether the reference data have changed, or a row has been removed past the server, with SQL, which does not change their version.
    /// </summary>
    private bool ShowsOutdatedReferences(Exception exception) => _references is not null
        && exception is PostgresException postgres
        && (ReferenceData.IsOutdated(postgres) || postgres.SqlState == PostgresErrorCodes.ForeignKeyViolation);

    private static UniqueRule? FindViolated(UniqueRule[] rules, Exception exception) =>
        (exception as PostgresException ?? exception.InnerException)
            is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } violation
            ? Array.Find(rules, rule => DatabaseFaults.Violates(violation, rule.Index))
            : null;

    private sealed record RecordVersion(DateTimeOffset UpdatedAt);
}
