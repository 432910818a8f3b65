using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Postgres.Changes;

/// <summary>All kinds of records whose changes are recorded.</summary>
/// <param name="kinds">The kinds.</param>
public sealed class RecordedKinds(IEnumerable<IRecordedKind> kinds)
{
    private readonly Dictionary<Type, IRecordedKind> _kinds = kinds.ToDictionary(kind => kind.EntityType);

    /// <summary>Returns the kind of a record, or null if its changes are not recorded.</summary>
    public IRecordedKind? Find(TenantEntity record) => _kinds.GetValueOrDefault(record.GetType());
}
