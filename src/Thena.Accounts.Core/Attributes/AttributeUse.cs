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

    /// <summary>Makes the records that refer to a value refer to its replacement, or to none.</summary>
    public abstract void Replace(Unit unit, Ulid valueId, Ulid? replacementId);
}

/// <inheritdoc/>
/// <typeparam name="T">The kind of records.</typeparam>
/// <param name="kind">The pick list.</param>
/// <param name="property">The property.</param>
public sealed class AttributeUse<T>(AttributeKind kind, string property) : AttributeUse(kind)
    where T : TenantEntity
{
    /// <inheritdoc/>
    public override IReadOnlyList<long> Count(Unit unit, Ulid valueId) => unit.Count(Users(unit, valueId));

    /// <inheritdoc/>
    public override void Replace(Unit unit, Ulid valueId, Ulid? replacementId) =>
        unit.UpdateAll(Users(unit, valueId), property, replacementId);

    private Query<T> Users(Unit unit, Ulid valueId) => unit.Of<T>().Where(property, valueId);
}
