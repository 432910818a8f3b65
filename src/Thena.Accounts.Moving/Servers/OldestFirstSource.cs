using System.Runtime.CompilerServices;
using Thena.Accounts.Moving.Copying;

namespace Thena.Accounts.Moving.Servers;

/// <summary>
/// The records of a source that lists them newest first, in the order of their creation, in which another server is to list them. Holds all
/// records of a kind in memory.
/// </summary>
internal sealed class OldestFirstSource(IRecordSource source) : IRecordSource
{
    private readonly Dictionary<string, int> _counts = [];

    public bool IsNewestFirst => false;

    public int MaxPasses => source.MaxPasses;

    public bool CreatesUsers => source.CreatesUsers;

    public long? CountOf(string kind) => _counts.TryGetValue(kind, out var count) ? count : source.CountOf(kind);

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        string kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<byte[]> records = [];
        HashSet<string> ids = new(StringComparer.Ordinal);
        await foreach (var json in source.ReadAsync(kind, cancellationToken))
        {
            // A list that changes while it is read can show a record twice.
            if (CopiedRecord.Parse(json, default) is not { } record || ids.Add(record.OldId))
            {
                records.Add(json.ToArray());
            }
        }

        _counts[kind] = records.Count;
        if (source.IsNewestFirst)
        {
            records.Reverse();
        }

        foreach (var json in records)
        {
            yield return json;
        }
    }
}
