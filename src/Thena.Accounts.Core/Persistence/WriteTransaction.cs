using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Core.Persistence;

/// <summary>
/// Runs use cases that write. Each runs in a transaction, which is committed if it succeeds and rolled back if it fails.
/// A use case that collides with another one runs again from the start.
/// </summary>
/// <remarks>
/// A use case first locks rows in a fixed order. It reads the values that its decisions depend on in a later statement: under READ
/// COMMITTED, a statement that waited for a lock still sees all other rows as they were before the wait (ADR 10).
/// </remarks>
public sealed class WriteTransaction(AccountsDbContext context)
{
    private const int MaxAttempts = 6;
    private const int MaxDelayMilliseconds = 20;

    private bool _isCommitted;

    /// <summary>Runs a use case.</summary>
    /// <param name="useCase">The use case. It may run several times, so it must not change anything but the database.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <param name="rules">The unique indexes that the use case can violate, each with its conflict.</param>
    /// <returns>The result of the use case, or the conflict of the unique index that it violated.</returns>
    internal async Task<Result<T>> RunAsync<T>(
        Func<Task<Result<T>>> useCase, CancellationToken cancellationToken, params UniqueRule[] rules)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RunOnceAsync(useCase, cancellationToken);
            }
            catch (Exception exception) when (FindViolated(rules, exception) is { } rule)
            {
                return await rule.ToErrorAsync(context, cancellationToken);
            }
            catch (Exception exception) when (attempt < MaxAttempts && DatabaseFaults.IsCollision(exception))
            {
                context.ChangeTracker.Clear();
                await Task.Delay(RandomNumberGenerator.GetInt32(1, MaxDelayMilliseconds << attempt), cancellationToken);
            }
        }
    }

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
        where TRecord : TenantEntity => RunAsync<TResponse>(
        async () =>
        {
            if (!(await useCase()).TryGetValue(out var record, out var error))
            {
                return error;
            }

            await SaveAsync(record, cancellationToken);
            var response = await Read(shape).WhereEqual("id", record.Id.ToGuid()).SingleAndCommitAsync(cancellationToken);
            _isCommitted = true;
            return response;
        },
        cancellationToken,
        rules);

    /// <summary>Runs a use case that returns nothing, such as a deletion.</summary>
    /// <inheritdoc cref="RunAsync{T}(Func{Task{Result{T}}}, CancellationToken, UniqueRule[])"/>
    internal async Task<Result> RunAsync(Func<Task<Result>> useCase, CancellationToken cancellationToken)
    {
        var result = await RunAsync<bool>(async () => (await useCase()).Error is { } error ? error : true, cancellationToken);
        return result.Error is { } failure ? failure : Result.Done;
    }

    /// <summary>Saves a record and its parts, if anything has changed. A change to a part alone also updates <c>updatedAt</c>.</summary>
    internal async Task SaveAsync(TenantEntity record, CancellationToken cancellationToken)
    {
        // Once is enough: each of the calls below would look for changes again.
        context.ChangeTracker.DetectChanges();
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            if (context.ChangeTracker.HasChanges())
            {
                var entry = context.Entry(record);
                entry.Property(nameof(TenantEntity.UpdatedAt)).IsModified |= entry.State == EntityState.Unchanged;
                await context.SaveChangesAsync(cancellationToken);
            }
        }
        finally
        {
            context.ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    /// <summary>Deletes a record that nothing refers to, such as a note.</summary>
    /// <param name="record">A query for the record.</param>
    /// <param name="notFound">The error if there is no such record.</param>
    /// <param name="now">The time of the deletion.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    internal Task<Result> DeleteAsync<TRecord>(
        IQueryable<TRecord> record, Error notFound, DateTimeOffset now, CancellationToken cancellationToken)
        where TRecord : TenantEntity => RunAsync(
        async () => await record.SoftDeleteAsync(now, cancellationToken) > 0 ? Result.Done : notFound,
        cancellationToken);

    /// <summary>Starts a read in the transaction.</summary>
    internal RecordRead<TResponse> Read<TResponse>(RecordShape<TResponse> shape) =>
        new(shape, context.OrganizationId, context.CreateBatch());

    private async Task<Result<T>> RunOnceAsync<T>(Func<Task<Result<T>>> useCase, CancellationToken cancellationToken)
    {
        _isCommitted = false;
        await using var transaction = await context.BeginWriteAsync(cancellationToken);
        var result = await useCase();
        if (result.Error is null && !_isCommitted)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return result;
    }

    private static UniqueRule? FindViolated(UniqueRule[] rules, Exception exception) =>
        (exception as PostgresException ?? exception.InnerException)
            is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } violation
            ? Array.Find(rules, rule => rule.Index == violation.ConstraintName)
            : null;
}
