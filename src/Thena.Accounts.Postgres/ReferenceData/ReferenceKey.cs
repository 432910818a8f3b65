using System.Runtime.CompilerServices;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Postgres.ReferenceData;

/// <summary>A way to find reference data by the values of properties, such as a pick list value by its list and text.</summary>
/// <typeparam name="T">The kind of reference data.</typeparam>
/// <param name="properties">The properties, by name.</param>
/// <param name="of">Returns their values for a record, in the same order.</param>
public sealed class ReferenceKey<T>(IReadOnlyList<string> properties, Func<T, ITuple> of) : ReferenceKey
    where T : TenantEntity, IReferenceData
{
    /// <summary>The properties, by name.</summary>
    internal IReadOnlyList<string> Properties => properties;

    /// <inheritdoc/>
    internal override Type Type => typeof(T);

    /// <summary>Returns the values for a record.</summary>
    internal ITuple Of(T record) => of(record);
}

/// <summary>A <see cref="ReferenceKey{T}"/> of any kind of reference data.</summary>
public abstract class ReferenceKey
{
    /// <summary>The kind of reference data.</summary>
    internal abstract Type Type { get; }
}
