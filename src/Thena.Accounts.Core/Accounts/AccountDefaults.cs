using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Postgres.ReferenceData;

namespace Thena.Accounts.Core.Accounts;

/// <summary>The default attribute values of new accounts.</summary>
internal static class AccountDefaults
{
    /// <summary>Sets the defaults on a new account.</summary>
    public static void ApplyTo(Account account, References references)
    {
        account.StatusId = references.FindDefault(AttributeKind.AccountStatus);
        account.ClassificationId = references.FindDefault(AttributeKind.AccountClassification);
        account.HealthId = references.FindDefault(AttributeKind.AccountHealth);
        account.IndustryId = references.FindDefault(AttributeKind.AccountIndustry);
    }
}
