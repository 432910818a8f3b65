using System.Runtime.CompilerServices;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Postgres.Reading;

/// <summary>Reads records by the values of a unique property, in portions that do not take too much memory.</summary>
/// <param name="query">The query for all records that may be read.</param>
/// <param name="property">The property.</param>
/// <param name="valueOf">Returns a record's value in the property.</param>
/// <param name="readAsync">Reads the records of a query, or the first of them if they are large.</param>
internal sealed class Portions<T, TValue, TResponse>(
    Query<T> query,
    string property,
    Func<T, TValue> valueOf,
    Func<Query<T>, CancellationToken, Task<Read<T, TResponse>>> readAsync)
    where T : TenantEntity
    where TValue : notnull
{
    /// <summary>Reads the records with the given values.</summary>
    public Task<Read<T, TResponse>> ReadAsync(IEnumerable<TValue> values, CancellationToken cancellationToken) =>
        readAsync(query.Copy().WhereAny(property, values), cancellationToken);

    /// <summary>Reads the records with the given values, one portion after the other.</summary>
    /// <param name="values">The values.</param>
    /// <param name="size">The number of records that probably fit into a portion.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public async IAsyncEnumerable<IReadOnlyList<TResponse>> ReadAllAsync(
        IReadOnlyList<TValue> values, int size, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var start = 0; start < values.Count;)
        {
            TValue[] slice = [.. values.Skip(start).Take(size)];
            var read = await ReadAsync(slice, cancellationToken);
            if (read.IsCut && slice.Length > 1)
            {
                size = Math.Clamp(read.Records.Count, 1, slice.Length - 1);
                continue;
            }

            yield return Order(read, slice);
            (start, size) = (start + slice.Length, size * 2);
        }
    }

    /// <summary>Returns the responses of the records that have been read, in the order of the values.</summary>
    public List<TResponse> Order(Read<T, TResponse> read, IEnumerable<TValue> values)
    {
        var found = read.Records.Zip(read.Responses).ToDictionary(pair => valueOf(pair.First), pair => pair.Second);
        return [.. values.Where(found.ContainsKey).Select(value => found[value])];
    }
}
