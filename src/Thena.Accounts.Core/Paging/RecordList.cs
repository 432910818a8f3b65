using System.Runtime.CompilerServices;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Paging;

/// <summary>Records to answer with: all of them, or portions if they are too large to be in memory together.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <param name="Whole">All records; <see langword="null"/> if there are portions.</param>
/// <param name="Portions">
/// The records one portion after the other, each read when it is asked for. A record that is deleted meanwhile is left out.
/// </param>
public sealed record RecordList<T>(IReadOnlyList<T>? Whole, IAsyncEnumerable<IReadOnlyList<T>>? Portions = null);

/// <summary>Reads lists of records in portions if they are large, and in one statement otherwise.</summary>
internal static class RecordLists
{
    /// <summary>Reads the records with certain values of a column, in the order of these values.</summary>
    /// <param name="read">The records.</param>
    /// <param name="column">The column, which is unique.</param>
    /// <param name="values">The values.</param>
    /// <param name="valueOf">Returns a record's value in the column.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public static async Task<RecordList<TRow>> ToOrderedListAsync<TRow, TValue>(
        this RecordRead<TRow> read, string column, TValue[] values, Func<TRow, TValue> valueOf, CancellationToken cancellationToken)
        where TValue : notnull
    {
        var first = read.Copy().WhereAny(column, values);
        var rows = await first.ToPortionAsync(cancellationToken);
        return first.IsCut
            ? new RecordList<TRow>(null, ReadPortionsAsync(read, column, values, rows.Count, valueOf, cancellationToken))
            : new RecordList<TRow>(Order(rows, values, valueOf));
    }

    /// <summary>Reads such records in portions.</summary>
    /// <param name="read">The records.</param>
    /// <param name="column">The column, which is unique.</param>
    /// <param name="values">The values.</param>
    /// <param name="size">The number of records that probably fit into a portion.</param>
    /// <param name="valueOf">Returns a record's value in the column.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public static async IAsyncEnumerable<IReadOnlyList<TRow>> ReadPortionsAsync<TRow, TValue>(
        RecordRead<TRow> read,
        string column,
        TValue[] values,
        int size,
        Func<TRow, TValue> valueOf,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TValue : notnull
    {
        for (var start = 0; start < values.Length;)
        {
            var slice = values[start..Math.Min(start + size, values.Length)];
            var portion = read.Copy().WhereAny(column, slice);
            var rows = await portion.ToPortionAsync(cancellationToken);
            if (portion.IsCut && slice.Length > 1)
            {
                size = Math.Clamp(rows.Count, 1, slice.Length - 1);
                continue;
            }

            yield return Order(rows, slice, valueOf);
            (start, size) = (start + slice.Length, size * 2);
        }
    }

    private static List<TRow> Order<TRow, TValue>(List<TRow> rows, TValue[] values, Func<TRow, TValue> valueOf)
        where TValue : notnull
    {
        var found = rows.ToDictionary(valueOf);
        return [.. values.Where(found.ContainsKey).Select(value => found[value])];
    }
}
