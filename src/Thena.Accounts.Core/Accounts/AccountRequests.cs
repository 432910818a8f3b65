using FluentValidation;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

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

/// <summary>The form of what create and update of accounts share.</summary>
public abstract class AccountFieldsValidator<T> : AbstractValidator<T>
    where T : AccountFields
{
    private const int AddressMaxLength = 2_048;

    /// <summary>Sets the rules.</summary>
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
        RuleForEach(account => RequestRules.Within(account.CustomFieldValues.Value, RequestRules.FilterMaxItems)).CustomFieldValue().OverridePropertyName("customFieldValues");
        RuleFor(account => account.Metadata).Metadata();
    }
}

/// <summary>A new account.</summary>
public sealed record CreateAccountRequest : AccountFields;

/// <summary>The form of <see cref="CreateAccountRequest"/>.</summary>
public sealed class CreateAccountRequestValidator : AccountFieldsValidator<CreateAccountRequest>
{
    /// <summary>Sets the rules.</summary>
    public CreateAccountRequestValidator()
    {
        RuleFor(account => account.Name).Required();
        RuleFor(account => account.PrimaryDomain).Required();
    }
}

/// <summary>Changes to an account: absent members stay as they are, <c>null</c> clears.</summary>
public sealed record UpdateAccountRequest : AccountFields;

/// <summary>The form of <see cref="UpdateAccountRequest"/>.</summary>
public sealed class UpdateAccountRequestValidator : AccountFieldsValidator<UpdateAccountRequest>
{
    /// <summary>Sets the rules.</summary>
    public UpdateAccountRequestValidator()
    {
        RuleFor(account => account.Name).NotCleared();
        RuleFor(account => account.PrimaryDomain).NotCleared();
    }
}

/// <summary>Many new accounts at once.</summary>
public sealed record CreateAccountsRequest
{
    /// <summary>The accounts, 1 to 5,000.</summary>
    /// <example>[{"name": "Globex", "primaryDomain": "globex.com"}, {"name": "Initech", "primaryDomain": "initech.com", "industry": "Technology"}]</example>
    public IReadOnlyList<CreateAccountRequest>? Accounts { get; init; }
}

/// <summary>The form of <see cref="CreateAccountsRequest"/>.</summary>
public sealed class CreateAccountsRequestValidator : AbstractValidator<CreateAccountsRequest>
{
    /// <summary>Sets the rules.</summary>
    public CreateAccountsRequestValidator()
    {
        RuleFor(request => request.Accounts).RequiredItems("No accounts to create", RequestRules.BulkMaxItems);
        RuleForEach(request => request.Accounts).Present().SetValidator(new CreateAccountRequestValidator())
            .When(request => request.Accounts is { Count: <= RequestRules.BulkMaxItems });
    }
}

/// <summary>Accounts that are asked for by id.</summary>
public sealed record FilterAccountsByIdsRequest
{
    /// <summary>The ids, 1 to 1,000. Unknown ones are left out of the answer.</summary>
    /// <example>["01M856FC88EB45WDYEEDBTX2QT"]</example>
    public IReadOnlyList<string>? Ids { get; init; }
}

/// <summary>The form of <see cref="FilterAccountsByIdsRequest"/>.</summary>
public sealed class FilterAccountsByIdsRequestValidator : AbstractValidator<FilterAccountsByIdsRequest>
{
    /// <summary>Sets the rules.</summary>
    public FilterAccountsByIdsRequestValidator()
    {
        RuleFor(request => request.Ids).RequiredItems(RequestRules.FilterMaxItems);
        RuleForEach(request => RequestRules.Within(request.Ids, RequestRules.FilterMaxItems)).Present().OverridePropertyName("ids");
    }
}

/// <summary>Accounts that are asked for by primary domain.</summary>
public sealed record FilterAccountsByPrimaryDomainsRequest
{
    /// <summary>The domains, 1 to 1,000, in any form that an account's domain may be given in. Unknown ones are left out of the answer.</summary>
    /// <example>["acme.com", "globex.com"]</example>
    public IReadOnlyList<string>? PrimaryDomains { get; init; }
}

/// <summary>The form of <see cref="FilterAccountsByPrimaryDomainsRequest"/>.</summary>
public sealed class FilterAccountsByPrimaryDomainsRequestValidator : AbstractValidator<FilterAccountsByPrimaryDomainsRequest>
{
    /// <summary>Sets the rules.</summary>
    public FilterAccountsByPrimaryDomainsRequestValidator()
    {
        RuleFor(request => request.PrimaryDomains).RequiredItems(RequestRules.FilterMaxItems);
        RuleForEach(request => RequestRules.Within(request.PrimaryDomains, RequestRules.FilterMaxItems)).Present().OverridePropertyName("primaryDomains");
    }
}
