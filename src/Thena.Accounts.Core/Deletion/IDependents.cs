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
    /// <summary>The place of the rows in the order in which deletions lock rows.</summary>
    LockOrder Order { get; }

    /// <summary>Deletes or detaches the rows, in the unit that deletes the record.</summary>
    void Detach(T record, Unit unit);
}

/// <summary>Deletes or detaches all that depends on a record.</summary>
internal static class Dependents
{
    /// <summary>Deletes or detaches the rows of all features, in the order in which units lock rows.</summary>
    public static void Detach<T>(this IEnumerable<IDependents<T>> dependents, T record, Unit unit)
        where T : TenantEntity
    {
        foreach (var dependent in dependents.OrderBy(dependent => dependent.Order))
        {
            dependent.Detach(record, unit);
        }
    }
}

/// <summary>
/// The order in which units lock rows of different kinds. All units keep to it, so that two of them rarely wait for each other; those that
/// do run again.
/// </summary>
public enum LockOrder
{
    /// <summary>Accounts.</summary>
    Accounts,

    /// <summary>Contacts and their links to accounts.</summary>
    Contacts,

    /// <summary>Relationships.</summary>
    Relationships,

    /// <summary>Activities.</summary>
    Activities,

    /// <summary>Notes.</summary>
    Notes,

    /// <summary>Tasks.</summary>
    Tasks,
}
