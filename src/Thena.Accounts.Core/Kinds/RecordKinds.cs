namespace Thena.Accounts.Core.Kinds;

/// <summary>All kinds of records: those that have a descriptor in this assembly.</summary>
public static class RecordKinds
{
    /// <summary>
    /// All kinds. Records refer only to records of kinds before their own, or of their own. It is also the order in which a transaction
    /// locks the rows of different kinds, so that two of them rarely wait for each other; those that do run again.
    /// </summary>
    public static IReadOnlyList<RecordKind> All { get; } = Sort(
        typeof(RecordKinds).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(RecordKind)) && !type.IsAbstract)
            .Select(type => (RecordKind)Activator.CreateInstance(type)!));

    private static readonly Dictionary<string, int> Positions = All.Index().ToDictionary(kind => kind.Item.Name, kind => kind.Index);

    /// <summary>The kinds whose changes are recorded.</summary>
    public static IReadOnlyList<RecordKind> Recorded { get; } = [.. All.Where(kind => kind.EventName.Length > 0)];

    private static readonly Dictionary<string, RecordKind> ByEventName =
        Recorded.ToDictionary(kind => kind.EventName, StringComparer.Ordinal);

    /// <summary>Returns the kind with a name in the types of events, or null.</summary>
    public static RecordKind? FindByEventName(string name) => ByEventName.GetValueOrDefault(name);

    /// <summary>Returns the kind with a name.</summary>
    public static RecordKind Get(string name) => All[PositionOf(name)];

    /// <summary>Returns the place of a kind in <see cref="All"/>.</summary>
    public static int PositionOf(string name) => Positions[name];

    /// <summary>Puts kinds after those that they refer to; apart from that, they are in the order of their names.</summary>
    private static List<RecordKind> Sort(IEnumerable<RecordKind> kinds)
    {
        List<RecordKind> sorted = [], left = [.. kinds.OrderBy(kind => kind.Name, StringComparer.Ordinal)];
        while (left.Count > 0)
        {
            var next = left.Find(kind => left.TrueForAll(other => other == kind || !kind.ReferencedKinds.Contains(other.Name)))
                ?? throw new InvalidOperationException($"{string.Join(", ", left.Select(kind => kind.Name))} refer to each other.");
            sorted.Add(next);
            left.Remove(next);
        }

        return sorted;
    }
}
