using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Accounts;

/// <summary>The attribute values that accounts refer to.</summary>
internal sealed class AccountAttributeReferences(AccountsDbContext context) : IAttributeReferences
{
    public async Task<long> CountAsync(AttributeKind kind, Ulid valueId, CancellationToken cancellationToken) =>
        Column(kind) is { } column ? await Using(column, valueId).LongCountAsync(cancellationToken) : 0;

    public async Task ReplaceAsync(AttributeKind kind, Ulid valueId, Ulid? replacementId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (Column(kind) is { } column)
        {
            await Using(column, valueId).ExecuteUpdateAsync(
                set => set.SetProperty(column, replacementId).SetProperty(account => account.UpdatedAt, now), cancellationToken);
        }
    }

    private static Expression<Func<Account, Ulid?>>? Column(AttributeKind kind) => kind switch
    {
        AttributeKind.AccountStatus => account => account.StatusId,
        AttributeKind.AccountClassification => account => account.ClassificationId,
        AttributeKind.AccountHealth => account => account.HealthId,
        AttributeKind.AccountIndustry => account => account.IndustryId,
        _ => null,
    };

    private IQueryable<Account> Using(Expression<Func<Account, Ulid?>> column, Ulid valueId) =>
        context.Accounts.Where(Expression.Lambda<Func<Account, bool>>(
            Expression.Equal(column.Body, Expression.Convert(Expression.Property(Expression.Constant(new { Value = valueId }), "Value"), typeof(Ulid?))),
            column.Parameters));
}
