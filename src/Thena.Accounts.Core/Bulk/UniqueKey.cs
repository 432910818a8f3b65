using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Bulk;

/// <summary>A column that is unique among those records of an organization that are not deleted.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
internal sealed class UniqueKey<TRecord>
    where TRecord : TenantEntity
{
    private readonly AccountsDbContext _context;
    private readonly Expression<Func<TRecord, string>> _key;
    private readonly PropertyInfo _member;

    /// <summary>Creates the key from the property that is mapped to the column.</summary>
    public UniqueKey(AccountsDbContext context, Expression<Func<TRecord, string>> key)
    {
        _context = context;
        _key = key;
        _member = (PropertyInfo)((MemberExpression)key.Body).Member;
        Column = context.Model.FindEntityType(typeof(TRecord))!.FindProperty(_member)!.GetColumnName();
    }

    /// <summary>The name of the column in the database.</summary>
    public string Column { get; }

    /// <summary>Returns the key of a record.</summary>
    public string Of(TRecord record) => (string)_member.GetValue(record)!;

    /// <summary>Returns a query for the records with the given keys, in the order of the keys. Deleted records are left out.</summary>
    public IQueryable<TRecord> With(List<string> keys) => _context.Set<TRecord>()
        .Where(Expression.Lambda<Func<TRecord, bool>>(
            Expression.Call(Expression.Constant(keys), nameof(List<>.Contains), null, _key.Body), _key.Parameters))
        .OrderBy(_key);

    /// <summary>Reads the IDs and keys of the records with the given keys. Deleted records are left out.</summary>
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
