using FluentValidation;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Accounts;

/// <summary>The fields of an account that clients can set (contract: Accounts).</summary>
public abstract record AccountFields
{
    /// <summary>The account's name.</summary>
    /// <example>Acme Corporation</example>
    public Optional<string?> Name { get; init; }

    /// <summary>
    /// The primary domain, unique among the organization's accounts. Stored in lower case, without scheme, <c>www.</c>, port and path.
    /// </summary>
    /// <example>acme.com</example>
    public Optional<string?> PrimaryDomain { get; init; }

    /// <summary>A free-text description of the account.</summary>
    /// <example>Makes everything a coyote needs.</example>
    public Optional<string?> Description { get; init; }

    /// <summary>The origin of the account. The default is <c>manual</c>.</summary>
    /// <example>manual</example>
    public Optional<string?> Source { get; init; }

    /// <summary>The ID of the user who owns the account.</summary>
    public Optional<string?> AccountOwnerId { get; init; }

    /// <summary>The URL of the logo.</summary>
    /// <example>https://acme.com/logo.png</example>
    public Optional<string?> Logo { get; init; }

    /// <summary>The status: the ID or value of an <c>account_status</c>.</summary>
    /// <example>ACTIVE</example>
    public Optional<string?> Status { get; init; }

    /// <summary>The classification: the ID or value of an <c>account_classification</c>.</summary>
    /// <example>ENTERPRISE</example>
    public Optional<string?> Classification { get; init; }

    /// <summary>The health: the ID or value of an <c>account_health</c>.</summary>
    /// <example>GREEN</example>
    public Optional<string?> Health { get; init; }

    /// <summary>The industry: the ID or value of an <c>account_industry</c>.</summary>
    /// <example>Technology</example>
    public Optional<string?> Industry { get; init; }

    /// <summary>The secondary domain, in the same forms as the primary one.</summary>
    /// <example>acme.org</example>
    public Optional<string?> SecondaryDomain { get; init; }

    /// <summary>The annual revenue.</summary>
    /// <example>1250000.5</example>
    public Optional<decimal?> AnnualRevenue { get; init; }

    /// <summary>The number of employees.</summary>
    /// <example>120</example>
    public Optional<int?> Employees { get; init; }

    /// <summary>The URL of the website. If the scheme is missing, <c>https://</c> is added.</summary>
    /// <example>https://www.acme.com</example>
    public Optional<string?> Website { get; init; }

    /// <summary>The billing address.</summary>
    /// <example>1 Desert Road, Tucson, Arizona</example>
    public Optional<string?> BillingAddress { get; init; }

    /// <summary>The shipping address.</summary>
    /// <example>1 Desert Road, Tucson, Arizona</example>
    public Optional<string?> ShippingAddress { get; init; }

    /// <summary>Values of the organization's custom fields with source <c>account</c>. They replace the stored values.</summary>
    public Optional<IReadOnlyList<CustomFieldValueInput>?> CustomFieldValues { get; init; }

    /// <summary>Whether to link the organization's existing contacts whose email domain is one of the account's domains.</summary>
    /// <example>false</example>
    public Optional<bool?> AddExistingUsersToAccountContacts { get; init; }

    /// <summary>Your own data, a JSON object. Replaces the stored object.</summary>
    public Optional<RawJson?> Metadata { get; init; }
}

internal abstract class AccountFieldsValidator<T> : AbstractValidator<T>
    where T : AccountFields
{
    private const int AddressMaxLength = 2_048;

    protected AccountFieldsValidator()
    {
        RuleFor(account => account.Name).Name();
        RuleFor(account => account.PrimaryDomain).Domain();
        RuleFor(account => account.SecondaryDomain).Domain();
        RuleFor(account => account.Description).FreeText(RequestRules.DescriptionMaxLength);
        RuleFor(account => account.Source).Name();
        RuleFor(account => account.Logo).Url();
        RuleFor(account => account.Website).Url(completeScheme: true);
        RuleFor(account => account.AnnualRevenue).Amount();
        RuleFor(account => account.Employees).InRange(0, int.MaxValue);
        RuleFor(account => account.BillingAddress).FreeText(AddressMaxLength);
        RuleFor(account => account.ShippingAddress).FreeText(AddressMaxLength);
        RuleFor(account => account.CustomFieldValues).CustomFieldValues();
        RuleForEach(account => RequestRules.Within(account.CustomFieldValues.Value, RequestRules.FilterMaxItems))
            .CustomFieldValue()
            .OverridePropertyName("customFieldValues");
        RuleFor(account => account.Metadata).Metadata();
    }
}

/// <summary>The account to create.</summary>
public sealed record CreateAccountRequest : AccountFields;

internal sealed class CreateAccountRequestValidator : AccountFieldsValidator<CreateAccountRequest>
{
    public CreateAccountRequestValidator()
    {
        RuleFor(account => account.Name).Required();
        RuleFor(account => account.PrimaryDomain).Required();
    }
}

/// <summary>Changes to an account. Absent fields stay unchanged; <c>null</c> clears a field.</summary>
public sealed record UpdateAccountRequest : AccountFields;

internal sealed class UpdateAccountRequestValidator : AccountFieldsValidator<UpdateAccountRequest>
{
    public UpdateAccountRequestValidator()
    {
        RuleFor(account => account.Name).NotCleared();
        RuleFor(account => account.PrimaryDomain).NotCleared();
    }
}

/// <summary>The accounts to create in bulk.</summary>
public sealed record CreateAccountsRequest
{
    /// <summary>The accounts to create, 1 to 5,000.</summary>
    /// <example>[{"name": "Globex", "primaryDomain": "globex.com"}, {"name": "Initech", "primaryDomain": "initech.com", "industry": "Technology"}]</example>
    public IReadOnlyList<CreateAccountRequest>? Accounts { get; init; }
}

internal sealed class CreateAccountsRequestValidator : AbstractValidator<CreateAccountsRequest>
{
    public CreateAccountsRequestValidator()
    {
        RuleFor(request => request.Accounts).RequiredItems("No accounts to create", RequestRules.BulkMaxItems);
        RuleForEach(request => request.Accounts).Present().SetValidator(new CreateAccountRequestValidator())
            .When(request => request.Accounts is { Count: <= RequestRules.BulkMaxItems });
    }
}

/// <summary>The IDs of the accounts to return.</summary>
public sealed record FilterAccountsByIdsRequest
{
    /// <summary>The IDs, 1 to 1,000. Unknown IDs are left out of the response.</summary>
    /// <example>["01JGYPNP404WTJZMYZ0JWY0ZZK", "01JH192D40VNBTVMRR3BK3QQJA"]</example>
    public IReadOnlyList<string>? Ids { get; init; }
}

internal sealed class FilterAccountsByIdsRequestValidator : AbstractValidator<FilterAccountsByIdsRequest>
{
    public FilterAccountsByIdsRequestValidator()
    {
        RuleFor(request => request.Ids).RequiredItems(RequestRules.FilterMaxItems);
        RuleForEach(request => RequestRules.Within(request.Ids, RequestRules.FilterMaxItems)).Present().OverridePropertyName("ids");
    }
}

/// <summary>The primary domains of the accounts to return.</summary>
public sealed record FilterAccountsByPrimaryDomainsRequest
{
    /// <summary>
    /// The domains, 1 to 1,000, in any form that an account's domain can have. Unknown domains are left out of the response.
    /// </summary>
    /// <example>["mmm.example", "acme.com"]</example>
    public IReadOnlyList<string>? PrimaryDomains { get; init; }
}

internal sealed class FilterAccountsByPrimaryDomainsRequestValidator : AbstractValidator<FilterAccountsByPrimaryDomainsRequest>
{
    public FilterAccountsByPrimaryDomainsRequestValidator()
    {
        RuleFor(request => request.PrimaryDomains).RequiredItems(RequestRules.FilterMaxItems);
        RuleForEach(request => RequestRules.Within(request.PrimaryDomains, RequestRules.FilterMaxItems))
            .Present()
            .OverridePropertyName("primaryDomains");
    }
}
