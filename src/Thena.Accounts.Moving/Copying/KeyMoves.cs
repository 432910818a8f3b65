namespace Thena.Accounts.Moving.Copying;

/// <summary>
/// Updates records whose new keys, such as domains, other records may still have: those then move first. Where records have exchanged their
/// keys, so that each waits for another one, one of them gets a key of its own meanwhile.
/// </summary>
internal static class KeyMoves
{
    /// <summary>Updates all records. Each is tried again only after the record that it waits for.</summary>
    /// <param name="records">The records.</param>
    /// <param name="idOf">Returns the ID that a record has where it is updated.</param>
    /// <param name="write">
    /// Updates a record. Returns <see langword="null"/> if it is done with, or else the ID of the record that has its key.
    /// </param>
    /// <param name="park">Gives a record a key that no other record has. Returns whether it has it.</param>
    /// <returns>The records that cannot be updated, and the IDs of the records that have their keys.</returns>
    public static async Task<List<(T Record, string HolderId)>> RunAsync<T>(
        IEnumerable<T> records, Func<T, string> idOf, Func<T, Task<string?>> write, Func<T, Task<bool>> park)
    {
        Queue<T> queue = new(records);
        Dictionary<string, List<T>> waiting = [];
        Dictionary<string, (T Record, string HolderId)> blocked = [];
        HashSet<string> parked = [];
        while (queue.Count > 0)
        {
            while (queue.TryDequeue(out var record))
            {
                if (await write(record) is not { } holder)
                {
                    Free(idOf(record));
                    continue;
                }

                blocked[idOf(record)] = (record, holder);
                if (!waiting.TryGetValue(holder, out var others))
                {
                    waiting[holder] = others = [];
                }

                others.Add(record);
            }

            foreach (var id in FindCircles(blocked).Where(parked.Add))
            {
                if (await park(blocked[id].Record))
                {
                    Free(id);
                }
            }
        }

        return [.. waiting.SelectMany(pair => pair.Value, (pair, record) => (record, pair.Key))];

        void Free(string id)
        {
            if (waiting.Remove(id, out var others))
            {
                others.ForEach(other => blocked.Remove(idOf(other)));
                others.ForEach(queue.Enqueue);
            }
        }
    }

    /// <summary>Returns a record of each circle of records that wait for each other.</summary>
    private static List<string> FindCircles<T>(Dictionary<string, (T Record, string HolderId)> blocked)
    {
        List<string> found = [];
        Dictionary<string, string> startOf = [];
        foreach (var start in blocked.Keys)
        {
            var id = start;
            while (blocked.TryGetValue(id, out var one) && startOf.TryAdd(id, start))
            {
                id = one.HolderId;
            }

            if (startOf.GetValueOrDefault(id) == start)
            {
                found.Add(id);
            }
        }

        return found;
    }
}
