using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Accounts;

/// <summary>What can be said of an account when it is created and when it is changed (contract: Accounts).</summary>
public abstract record AccountFields
{
    /// <summary>The account's name.</summary>
    /// <example>Acme Corporation</example>
    public Optional<string?> Name { get; init; }

    /// <summary>Its domain, unique among the organization's accounts. Scheme, <c>www.</c>, port and path are removed, letters made small.</summary>
    /// <example>acme.com</example>
    public Optional<string?> PrimaryDomain { get; init; }

    /// <summary>What there is to say about it.</summary>
    /// <example>Makes everything a coyote needs.</example>
    public Optional<string?> Description { get; init; }

    /// <summary>Where the account came from.</summary>
    /// <example>manual</example>
    public Optional<string?> Source { get; init; }

    /// <summary>The user of the organization who looks after it.</summary>
    public Optional<string?> AccountOwnerId { get; init; }

    /// <summary>URL of its logo.</summary>
    /// <example>https://acme.com/logo.png</example>
    public Optional<string?> Logo { get; init; }

    /// <summary>Its status: id or value of an <c>account_status</c>.</summary>
    /// <example>ACTIVE</example>
    public Optional<string?> Status { get; init; }

    /// <summary>Its classification: id or value of an <c>account_classification</c>.</summary>
    /// <example>ENTERPRISE</example>
    public Optional<string?> Classification { get; init; }

    /// <summary>Its health: id or value of an <c>account_health</c>.</summary>
    /// <example>GREEN</example>
    public Optional<string?> Health { get; init; }

    /// <summary>Its industry: id or value of an <c>account_industry</c>.</summary>
    /// <example>Technology</example>
    public Optional<string?> Industry { get; init; }

    /// <summary>A further domain, in the same forms as the primary one.</summary>
    /// <example>acme.org</example>
    public Optional<string?> SecondaryDomain { get; init; }

    /// <summary>Revenue a year.</summary>
    /// <example>1250000.5</example>
    public Optional<decimal?> AnnualRevenue { get; init; }

    /// <summary>How many people work for it.</summary>
    /// <example>120</example>
    public Optional<int?> Employees { get; init; }

    /// <summary>URL of its web site; <c>https://</c> is added when the scheme is missing.</summary>
    /// <example>https://www.acme.com</example>
    public Optional<string?> Website { get; init; }

    /// <summary>Where bills go.</summary>
    /// <example>1 Desert Road, Tucson, Arizona</example>
    public Optional<string?> BillingAddress { get; init; }

    /// <summary>Where goods go.</summary>
    /// <example>1 Desert Road, Tucson, Arizona</example>
    public Optional<string?> ShippingAddress { get; init; }

    /// <summary>Values of the organization's custom fields with source <c>account</c>; they replace those before.</summary>
    public Optional<IReadOnlyList<CustomFieldValueInput>?> CustomFieldValues { get; init; }

    /// <summary>Whether the organization's contacts whose e-mail domain is one of the account's are linked to it.</summary>
    /// <example>false</example>
    public Optional<bool?> AddExistingUsersToAccountContacts { get; init; }

    /// <summary>The client's own data; it replaces what was there.</summary>
    public Optional<RawJson?> Metadata { get; init; }
}
