using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Accounts;

/// <summary>The attribute values that accounts get when nothing is said.</summary>
internal sealed class AccountDefaults
{
    private readonly AttributeLookup _defaults;

    /// <summary>Adds the query to a batch.</summary>
    public AccountDefaults(QueryBatch batch, AccountsDbContext context) => _defaults = new AttributeLookup(batch, context, AttributeKinds.OfAccounts, []);

    /// <summary>Puts them on a new account.</summary>
    public void ApplyTo(Account account)
    {
        account.StatusId = _defaults.Default(AttributeKind.AccountStatus)?.Id;
        account.ClassificationId = _defaults.Default(AttributeKind.AccountClassification)?.Id;
        account.HealthId = _defaults.Default(AttributeKind.AccountHealth)?.Id;
        account.IndustryId = _defaults.Default(AttributeKind.AccountIndustry)?.Id;
    }
}
