using System.Reflection;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Attributes;

/// <summary>A property of a kind of records that refers to the values of a pick list. Each feature registers its own.</summary>
/// <param name="kind">The pick list.</param>
public abstract class AttributeUse(AttributeKind kind)
{
    /// <summary>The pick list.</summary>
    public AttributeKind Kind => kind;

    /// <summary>Counts the living records that refer to a value.</summary>
    /// <returns>The number, filled when the unit sends its statements.</returns>
    public abstract IReadOnlyList<long> Count(Unit unit, Ulid valueId);

    /// <summary>Locks the records that refer to a value, to make them refer to its replacement, or to none.</summary>
    public abstract LockedSet Lock(Unit unit, Ulid valueId, Ulid? replacementId);
}

/// <inheritdoc/>
/// <typeparam name="T">The kind of records.</typeparam>
/// <param name="kind">The pick list.</param>
/// <param name="property">The property.</param>
public sealed class AttributeUse<T>(AttributeKind kind, string property) : AttributeUse(kind)
    where T : TenantEntity
{
    private readonly PropertyInfo _property = typeof(T).GetProperty(property)!;

    /// <inheritdoc/>
    public override IReadOnlyList<long> Count(Unit unit, Ulid valueId) => unit.Count(Users(unit, valueId));

    /// <inheritdoc/>
    public override LockedSet Lock(Unit unit, Ulid valueId, Ulid? replacementId) =>
        unit.ChangeAll(Users(unit, valueId), record => _property.SetValue(record, replacementId), properties: property);

    private Query<T> Users(Unit unit, Ulid valueId) => unit.Of<T>().Where(property, valueId);
}
