using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Attributes;

/// <summary>The records of a feature that refer to attribute values. Each feature registers its own.</summary>
public interface IAttributeUsage
{
    /// <summary>Counts the living records that refer to a value.</summary>
    Task<long> CountAsync(AttributeKind kind, Ulid valueId, CancellationToken cancellationToken);

    /// <summary>Makes the records that refer to a value refer to its replacement, or to none.</summary>
    Task ReplaceAsync(AttributeKind kind, Ulid valueId, Ulid? replacementId, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>The records of one table that refer to attribute values. A feature only states which columns do.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
internal abstract class AttributeUsage<TRecord>(AccountsDbContext context) : IAttributeUsage
    where TRecord : TenantEntity
{
    /// <inheritdoc/>
    public async Task<long> CountAsync(AttributeKind kind, Ulid valueId, CancellationToken cancellationToken) =>
        Column(kind) is { } column ? await Users(column, valueId).LongCountAsync(cancellationToken) : 0;

    /// <inheritdoc/>
    public async Task ReplaceAsync(
        AttributeKind kind, Ulid valueId, Ulid? replacementId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (Column(kind) is { } column)
        {
            await Users(column, valueId).ExecuteUpdateAsync(
                set => set.SetProperty(column, replacementId).SetVersion(now), cancellationToken);
        }
    }

    /// <summary>Returns the column that refers to values of a list, or <see langword="null"/> if none does.</summary>
    protected abstract Expression<Func<TRecord, Ulid?>>? Column(AttributeKind kind);

    private IQueryable<TRecord> Users(Expression<Func<TRecord, Ulid?>> column, Ulid valueId)
    {
        Expression<Func<Ulid?>> value = () => valueId;
        return context.Set<TRecord>().Where(
            Expression.Lambda<Func<TRecord, bool>>(Expression.Equal(column.Body, value.Body), column.Parameters));
    }
}
