using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Deletion;

/// <summary>
/// The rows of a feature that depend on a record of another feature. Each feature registers its own implementation, so that the
/// record's feature does not depend on it.
/// </summary>
/// <typeparam name="T">The record.</typeparam>
public interface IDependents<T>
    where T : TenantEntity
{
    /// <summary>The name of the kind that the rows belong to.</summary>
    string Kind { get; }

    /// <summary>Locks the rows, in the unit that deletes the record, to delete or detach them.</summary>
    /// <param name="id">The ID of the record.</param>
    /// <param name="unit">The unit.</param>
    LockedSet Lock(Ulid id, Unit unit);
}
