using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Accounts;

/// <summary>Puts requests on accounts: fields, references, defaults and custom fields.</summary>
/// <param name="unit">The unit that writes the accounts.</param>
internal sealed class AccountWriter(Unit unit)
{
    private readonly CustomFieldLookup _customFields = new(unit, CustomFieldSource.Account);

    /// <summary>Creates an account with its required fields.</summary>
    public static Account Create(CreateAccountRequest request) => new()
    {
        Name = request.Name.Value!.Trim(),
        PrimaryDomain = DomainName.TryNormalize(request.PrimaryDomain.Value, out var domain)
            ? domain
            : throw new ArgumentException("The primary domain is not valid.", nameof(request)),
    };

    /// <summary>Creates the accounts of a bulk request, stamped for a set-based insert.</summary>
    /// <returns>The accounts, or an error with the problems of all items.</returns>
    public Result<List<Account>> CreateMany(IReadOnlyList<CreateAccountRequest> requests)
    {
        List<FieldError> problems = [];
        Error? missing = null;
        List<Account> accounts = new(requests.Count);
        for (var index = 0; index < requests.Count; index++)
        {
            var account = unit.Stamp.New(Create(requests[index]));
            var error = Apply(account, requests[index], isNew: true, $"accounts[{index}].", problems);
            missing ??= error;
            accounts.Add(account);
        }

        return Error.FirstOf(problems, missing) is { } refusal ? refusal : accounts;
    }

    /// <summary>Applies a request to an account.</summary>
    /// <param name="account">The account, with its custom field values loaded.</param>
    /// <param name="request">The request, which has passed its validator.</param>
    /// <param name="isNew">Whether the account is being created, so that absent fields get their defaults.</param>
    /// <returns>The error that rejects the request, or <see langword="null"/>.</returns>
    public Error? Apply(Account account, AccountFields request, bool isNew)
    {
        List<FieldError> problems = [];
        var missing = Apply(account, request, isNew, "", problems);
        return Error.FirstOf(problems, missing);
    }

    private Error? Apply(Account account, AccountFields request, bool isNew, string path, List<FieldError> problems)
    {
        ApplyFields(account, request);
        var fieldMissing = ApplyCustomFields(account, request, isNew, path, problems);
        return Refer(AttributeKind.AccountStatus, request.Status, isNew, id => account.StatusId = id)
            ?? Refer(AttributeKind.AccountClassification, request.Classification, isNew, id => account.ClassificationId = id)
            ?? Refer(AttributeKind.AccountHealth, request.Health, isNew, id => account.HealthId = id)
            ?? Refer(AttributeKind.AccountIndustry, request.Industry, isNew, id => account.IndustryId = id)
            ?? ReferToOwner(account, request)
            ?? fieldMissing;
    }

    private static void ApplyFields(Account account, AccountFields request)
    {
        account.Name = request.Name.IsSet ? request.Name.Value!.Trim() : account.Name;
        if (request.PrimaryDomain.IsSet && DomainName.TryNormalize(request.PrimaryDomain.Value, out var primary))
        {
            account.PrimaryDomain = primary;
        }

        if (request.SecondaryDomain.IsSet)
        {
            account.SecondaryDomain = DomainName.TryNormalize(request.SecondaryDomain.Value, out var secondary) ? secondary : null;
        }

        account.Description = request.Description.IsSet ? StringNormalization.EmptyToNull(request.Description.Value) : account.Description;
        account.Source = request.Source.IsSet
            ? StringNormalization.TrimToNull(request.Source.Value) ?? Account.DefaultSource
            : account.Source;
        account.Logo = request.Logo.IsSet ? StringNormalization.TrimToNull(request.Logo.Value) : account.Logo;
        account.Website = request.Website.IsSet
            ? StringNormalization.TrimToNull(request.Website.Value) is { } website ? WebAddress.Complete(website) : null
            : account.Website;
        account.AnnualRevenue = request.AnnualRevenue.IsSet ? request.AnnualRevenue.Value : account.AnnualRevenue;
        account.Employees = request.Employees.IsSet ? request.Employees.Value : account.Employees;
        account.BillingAddress = request.BillingAddress.IsSet
            ? StringNormalization.EmptyToNull(request.BillingAddress.Value)
            : account.BillingAddress;
        account.ShippingAddress = request.ShippingAddress.IsSet
            ? StringNormalization.EmptyToNull(request.ShippingAddress.Value)
            : account.ShippingAddress;
        account.Metadata = account.Metadata.After(request.Metadata);
    }

    private Error? Refer(AttributeKind kind, Optional<string?> reference, bool isNew, Action<Ulid?> set)
    {
        if (StringNormalization.TrimToNull(reference.Value) is { } named)
        {
            var value = unit.References.FindValue(kind, named);
            set(value);
            return value is null ? Error.NotFound(kind.NotFoundMessage()) : null;
        }

        if (isNew && !unit.IsCopy)
        {
            set(unit.References.FindDefault(kind));
        }
        else if (reference.IsSet)
        {
            set(null);
        }

        return null;
    }

    private Error? ReferToOwner(Account account, AccountFields request)
    {
        if (!request.AccountOwnerId.IsSet)
        {
            return null;
        }

        var named = StringNormalization.EmptyToNull(request.AccountOwnerId.Value);
        var owner = unit.References.FindUser(named);
        account.AccountOwnerId = owner;
        return named is not null && owner is null ? Error.NotFound("Account owner not found!") : null;
    }

    private Error? ApplyCustomFields(Account account, AccountFields request, bool isNew, string path, List<FieldError> problems) =>
        _customFields.Apply(
            account.CustomFieldValues, request.CustomFieldValues, isNew, path, problems, value => new AccountCustomFieldValue
            {
                AccountId = account.Id,
                CustomFieldId = value.Field.Id,
                Position = value.Position,
                Data = value.Data,
                Metadata = value.Metadata,
            });
}
