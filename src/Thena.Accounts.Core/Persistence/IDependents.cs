namespace Thena.Accounts.Core.Persistence;

/// <summary>
/// The rows of a feature that depend on a record of another feature. Each feature registers its own implementation, so that the
/// record's feature does not depend on it.
/// </summary>
/// <typeparam name="TRecord">The type of the record.</typeparam>
public interface IDependents<TRecord>
    where TRecord : TenantEntity
{
    /// <summary>Deletes or detaches the rows, in the transaction that deletes the record.</summary>
    /// <param name="recordId">The record's ID.</param>
    /// <param name="now">The time of the deletion.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    Task RemoveAsync(Ulid recordId, DateTimeOffset now, CancellationToken cancellationToken);
}
