using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Bulk;

/// <summary>The column by which an organization's living records of a sort are unique, besides their id.</summary>
/// <typeparam name="TRecord">The records.</typeparam>
internal sealed class UniqueKey<TRecord>
    where TRecord : TenantEntity
{
    private readonly AccountsDbContext _context;
    private readonly Expression<Func<TRecord, string>> _key;
    private readonly PropertyInfo _member;

    /// <summary>Names the column.</summary>
    public UniqueKey(AccountsDbContext context, Expression<Func<TRecord, string>> key)
    {
        _context = context;
        _key = key;
        _member = (PropertyInfo)((MemberExpression)key.Body).Member;
        Column = context.Model.FindEntityType(typeof(TRecord))!.FindProperty(_member)!.GetColumnName();
    }

    /// <summary>Its name in the database.</summary>
    public string Column { get; }

    /// <summary>The key of a record.</summary>
    public string Of(TRecord record) => (string)_member.GetValue(record)!;

    /// <summary>The living records with some keys, in the order of their keys.</summary>
    public IQueryable<TRecord> With(List<string> keys) => _context.Set<TRecord>()
        .Where(Expression.Lambda<Func<TRecord, bool>>(
            Expression.Call(Expression.Constant(keys), nameof(List<>.Contains), null, _key.Body), _key.Parameters))
        .OrderBy(_key);

    /// <summary>The ids of the living records with some keys, with their keys.</summary>
    public async Task<IReadOnlyList<(Ulid Id, string Key)>> FindIdsAsync(List<string> keys, CancellationToken cancellationToken)
    {
        var record = _key.Parameters[0];
        var pair = Expression.Lambda<Func<TRecord, ValueTuple<Ulid, string>>>(
            Expression.New(
                typeof(ValueTuple<Ulid, string>).GetConstructor([typeof(Ulid), typeof(string)])!,
                Expression.Property(record, nameof(TenantEntity.Id)),
                _key.Body),
            record);
        return await With(keys).Select(pair).ToListAsync(cancellationToken);
    }
}
