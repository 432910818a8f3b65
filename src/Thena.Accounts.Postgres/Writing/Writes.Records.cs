using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.ReferenceData;
using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Postgres.Writing;

/// <summary>The use cases that all kinds of records have in the same form.</summary>
public sealed partial class Writes
{
    /// <summary>Locks a record, changes it and returns its response.</summary>
    /// <param name="query">Starts the query, which leaves out what the caller may not see.</param>
    /// <param name="id">The ID of the record.</param>
    /// <param name="notFound">The error if there is no such record.</param>
    /// <param name="prepare">
    /// Adds what the change reads beside the record, if it needs anything. Returns what applies the request to the record, which in turn
    /// returns the error that refuses it, or <see langword="null"/>.
    /// </param>
    /// <param name="from">Makes the response.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <param name="indexes">The unique indexes that the change can violate.</param>
    public Task<Result<TResponse>> UpdateAsync<T, TResponse>(
        Func<Unit, Query<T>> query,
        Ulid id,
        Error notFound,
        Func<Unit, Func<T, Error?>> prepare,
        Func<T, References, TResponse> from,
        CancellationToken cancellationToken,
        params UniqueIndex[] indexes)
        where T : TenantEntity => RunAsync<TResponse>(
        async unit =>
        {
            var apply = prepare(unit);
            var found = unit.Lock(query(unit).Where(nameof(TenantEntity.Id), id), RowLock.Change);
            await unit.SendAsync();
            if (found is not [var record])
            {
                return notFound;
            }

            if ((apply(record) ?? unit.Check(record)) is { } refusal)
            {
                return refusal;
            }

            unit.Update(record);
            return from(record, unit.References);
        },
        cancellationToken,
        indexes);

    /// <summary>Locks a record and deletes it.</summary>
    /// <param name="query">Starts the query, which leaves out what the caller may not see.</param>
    /// <param name="id">The ID of the record.</param>
    /// <param name="notFound">The error if there is no such record.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <param name="dependents">Locks what depends on the record. Each is detached if the record is deleted.</param>
    public Task<Result> DeleteAsync<T>(
        Func<Unit, Query<T>> query,
        Ulid id,
        Error notFound,
        CancellationToken cancellationToken,
        Func<Unit, IReadOnlyList<LockedSet>>? dependents = null)
        where T : TenantEntity => RunAsync(
        async unit =>
        {
            var found = unit.Lock(query(unit).Where(nameof(TenantEntity.Id), id), RowLock.Delete);
            var dependent = dependents?.Invoke(unit) ?? [];
            await unit.SendAsync();
            if (found is not [var record])
            {
                return notFound;
            }

            if (unit.Check(record) is { } conflict)
            {
                return conflict;
            }

            foreach (var set in dependent)
            {
                await set.ChangeAsync();
            }

            unit.Delete(record);
            return Result.Done;
        },
        cancellationToken);
}
