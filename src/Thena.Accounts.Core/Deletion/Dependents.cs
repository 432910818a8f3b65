using Thena.Accounts.Core.Kinds;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Deletion;

/// <summary>Deletes or detaches all that depends on a record.</summary>
internal static class Dependents
{
    /// <summary>Deletes or detaches the rows of all features, in the order in which units lock rows.</summary>
    public static void Detach<T>(this IEnumerable<IDependents<T>> dependents, T record, Unit unit)
        where T : TenantEntity
    {
        foreach (var dependent in dependents.OrderBy(dependent => RecordKinds.PositionOf(dependent.Kind)))
        {
            dependent.Detach(record, unit);
        }
    }
}
