using Thena.Accounts.Core.Kinds;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Deletion;

/// <summary>All that depends on a record.</summary>
internal static class Dependents
{
    /// <summary>Locks the rows of all features, in the order in which units lock rows.</summary>
    public static IReadOnlyList<LockedSet> Lock<T>(this IEnumerable<IDependents<T>> dependents, Ulid id, Unit unit)
        where T : TenantEntity =>
        [.. dependents.OrderBy(dependent => RecordKinds.PositionOf(dependent.Kind)).Select(dependent => dependent.Lock(id, unit))];
}
