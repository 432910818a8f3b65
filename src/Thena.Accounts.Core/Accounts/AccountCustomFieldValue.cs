using Thena.Accounts.Core.CustomFields;

namespace Thena.Accounts.Core.Accounts;

/// <summary>The value that an account keeps for a custom field.</summary>
public sealed class AccountCustomFieldValue : CustomFieldValue
{
    /// <summary>The account.</summary>
    public Ulid AccountId { get; init; }
}
