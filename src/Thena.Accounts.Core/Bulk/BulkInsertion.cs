using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Bulk;

/// <summary>What became of many new records that are unique by one column.</summary>
/// <typeparam name="TRecord">The records.</typeparam>
internal sealed class BulkInsertion<TRecord>
    where TRecord : Record
{
    private readonly Func<TRecord, string> _key;
    private readonly Dictionary<string, Ulid> _idOfKey;

    private BulkInsertion(IReadOnlyList<TRecord> created, Func<TRecord, string> key, Dictionary<string, Ulid> idOfKey)
    {
        Created = created;
        _key = key;
        _idOfKey = idOfKey;
    }

    /// <summary>The records that were inserted.</summary>
    public IReadOnlyList<TRecord> Created { get; }

    /// <summary>
    /// Inserts records, the first of each key, in the order of their keys: two that insert the same at once never wait for each other. Those whose key
    /// a living record has are left out. At most two round trips, however many records.
    /// </summary>
    /// <param name="context">The database, in a transaction.</param>
    /// <param name="records">The records, stamped.</param>
    /// <param name="key">The unique column.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<BulkInsertion<TRecord>> RunAsync(
        AccountsDbContext context, IEnumerable<TRecord> records, Expression<Func<TRecord, string>> key, CancellationToken cancellationToken)
    {
        var member = (PropertyInfo)((MemberExpression)key.Body).Member;
        var keyOf = (TRecord record) => (string)member.GetValue(record)!;
        var firsts = records.DistinctBy(keyOf).ToList();
        var column = context.Model.FindEntityType(typeof(TRecord))!.FindProperty(member)!.GetColumnName();
        var created = firsts.Count == 0 ? [] : await context.InsertNewAsync(firsts, column, cancellationToken);
        var idOfKey = created.ToDictionary(keyOf, record => record.Id);
        if (created.Count < firsts.Count)
        {
            var skipped = firsts.ConvertAll(record => keyOf(record)).Where(text => !idOfKey.ContainsKey(text)).ToList();
            var isSkipped = Expression.Lambda<Func<TRecord, bool>>(
                Expression.Call(Expression.Constant(skipped), nameof(List<>.Contains), null, key.Body), key.Parameters);
            foreach (var (id, text) in await context.Set<TRecord>().Where(isSkipped).Select(Pair(key)).ToListAsync(cancellationToken))
            {
                idOfKey[text] = id;
            }
        }

        return new BulkInsertion<TRecord>(created, keyOf, idOfKey);
    }

    /// <summary>What became of each item of a request.</summary>
    /// <param name="items">The items' records, in the order given.</param>
    public BulkCreateResponse ToResponse(IEnumerable<TRecord> items)
    {
        var created = Created.Select(record => record.Id).ToHashSet();
        return BulkCreateResponse.Of([.. items.Select((item, index) => new BulkItemResponse(
            index,
            IdOf(_key(item))?.ToString(),
            created.Contains(item.Id) ? BulkItemResponse.Created : BulkItemResponse.Skipped))]);
    }

    /// <summary>The living record with a key: the one inserted, or the one that was there before.</summary>
    public Ulid? IdOf(string key) => _idOfKey.TryGetValue(key, out var id) ? id : null;

    private static Expression<Func<TRecord, ValueTuple<Ulid, string>>> Pair(Expression<Func<TRecord, string>> key)
    {
        var record = key.Parameters[0];
        return Expression.Lambda<Func<TRecord, ValueTuple<Ulid, string>>>(
            Expression.New(typeof(ValueTuple<Ulid, string>).GetConstructor([typeof(Ulid), typeof(string)])!, Expression.Property(record, nameof(Record.Id)), key.Body),
            record);
    }
}
