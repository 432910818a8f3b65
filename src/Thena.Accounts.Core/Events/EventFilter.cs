namespace Thena.Accounts.Core.Events;

/// <summary>The types of events that a reader wants.</summary>
public sealed class EventFilter
{
    private readonly HashSet<string> _whole;
    private readonly List<EventType> _details;

    private EventFilter(IEnumerable<EventType> types)
    {
        List<EventType> all = [.. types.Distinct()];
        _whole = all.Where(type => type.Detail is null).Select(type => type.Name).ToHashSet(StringComparer.Ordinal);
        _details = all.FindAll(type => type.Detail is not null);

        // To those who may not see a record any more, an update that makes it private looks like a deletion.
        StoredTypes =
        [
            .. _whole
                .Concat(_whole.Select(type => type.Replace(":deleted", ":updated", StringComparison.Ordinal)))
                .Concat(_details.Select(type => type.Detail!.ChangeType))
                .Distinct(),
        ];
    }

    /// <summary>All types but those of details.</summary>
    public static EventFilter Everything { get; } = new(EventTypes.Resolve(EventTypes.Everything));

    /// <summary>The types of changes that can match.</summary>
    public IReadOnlyList<string> StoredTypes { get; }

    /// <summary>Reads names, prefixes and <c>*</c>.</summary>
    /// <returns>The filter, or null if one of them is unknown.</returns>
    public static EventFilter? Parse(IReadOnlyList<string> patterns)
    {
        var types = patterns.Select(EventTypes.Resolve).ToList();
        return types.Exists(found => found.Count == 0) ? null : new EventFilter(types.SelectMany(found => found));
    }

    /// <summary>Returns the types of the events that a change makes for a reader.</summary>
    internal IEnumerable<EventType> TypesOf(SeenChange seen)
    {
        if (_whole.Contains(seen.Type))
        {
            yield return EventTypes.Find(seen.Type)!;
        }

        foreach (var type in _details)
        {
            if (type.Detail!.ChangeType == seen.Type && type.Detail.IsIn(seen.Change))
            {
                yield return type;
            }
        }
    }
}
