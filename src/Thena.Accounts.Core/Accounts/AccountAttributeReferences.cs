using System.Linq.Expressions;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Accounts;

/// <summary>The attribute values that accounts refer to.</summary>
internal sealed class AccountAttributeReferences(AccountsDbContext context) : AttributeReferences<Account>(context)
{
    protected override Expression<Func<Account, Ulid?>>? Column(AttributeKind kind) => kind switch
    {
        AttributeKind.AccountStatus => account => account.StatusId,
        AttributeKind.AccountClassification => account => account.ClassificationId,
        AttributeKind.AccountHealth => account => account.HealthId,
        AttributeKind.AccountIndustry => account => account.IndustryId,
        _ => null,
    };
}
