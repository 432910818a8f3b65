using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Thena.Accounts.Postgres.Model;

/// <summary>All tables of the EF model.</summary>
/// <param name="model">The EF model.</param>
public sealed class Tables(IModel model)
{
    private readonly ConcurrentDictionary<Type, object> _tables = new();
    private readonly ConcurrentDictionary<Type, object> _selections = new();
    private readonly ConcurrentDictionary<Type, object?> _updateTimes = new();

    /// <summary>The entities that implement <see cref="IReferenceData"/>.</summary>
    internal IReadOnlyList<Type> ReferenceTypes { get; } =
        [.. model.GetEntityTypes().Select(type => type.ClrType).Where(type => typeof(IReferenceData).IsAssignableFrom(type))];

    /// <summary>Returns the table of an entity.</summary>
    internal Table<T> Of<T>()
        where T : class, ITenantScoped =>
        (Table<T>)_tables.GetOrAdd(typeof(T), static (type, model) => new Table<T>(model.FindEntityType(type)!), model);

    /// <summary>Returns how an entity is read with all that is shown with it.</summary>
    internal Selection<T> SelectionOf<T>()
        where T : TenantEntity =>
        (Selection<T>)_selections.GetOrAdd(typeof(T), static (_, tables) => new Selection<T>(tables.Of<T>(), tables), this);

    /// <summary>Returns the times of change of an entity; null if it has none beside it.</summary>
    internal UpdateTimes<T>? UpdateTimesOf<T>()
        where T : TenantEntity => (UpdateTimes<T>?)_updateTimes.GetOrAdd(
            typeof(T),
            static (_, tables) => tables.Has<UpdateTime<T>>() ? new UpdateTimes<T>(tables.Of<T>(), tables.Of<UpdateTime<T>>()) : null,
            this);

    /// <summary>Returns the parts of an entity: the collections of rows that belong to it and to nothing else.</summary>
    internal IReadOnlyList<Parts<T>> PartsOf<T>()
        where T : TenantEntity => SelectionOf<T>().Parts;

    private bool Has<T>() => model.FindEntityType(typeof(T)) is not null;
}
