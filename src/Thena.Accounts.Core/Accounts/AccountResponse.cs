using System.Linq.Expressions;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Accounts;

/// <summary>An account.</summary>
public sealed record AccountResponse
{
    /// <summary>The account's ID.</summary>
    public required string Id { get; init; }

    /// <summary>The account's name.</summary>
    /// <example>Acme Corporation</example>
    public required string Name { get; init; }

    /// <summary>A free-text description of the account.</summary>
    public required string? Description { get; init; }

    /// <summary>The origin of the account.</summary>
    /// <example>manual</example>
    public required string Source { get; init; }

    /// <summary>The URL of the logo.</summary>
    public required string? Logo { get; init; }

    /// <summary>The ID of the status, <c>""</c> when unset.</summary>
    public required string StatusId { get; init; }

    /// <summary>The status, <c>""</c> when unset.</summary>
    /// <example>ACTIVE</example>
    public required string Status { get; init; }

    /// <summary>The display settings of the status.</summary>
    public required AttributeDisplay StatusConfiguration { get; init; }

    /// <summary>The ID of the classification, <c>""</c> when unset.</summary>
    public required string ClassificationId { get; init; }

    /// <summary>The classification, <c>""</c> when unset.</summary>
    /// <example>ENTERPRISE</example>
    public required string Classification { get; init; }

    /// <summary>The display settings of the classification.</summary>
    public required AttributeDisplay ClassificationConfiguration { get; init; }

    /// <summary>The ID of the health, <c>""</c> when unset.</summary>
    public required string HealthId { get; init; }

    /// <summary>The health, <c>""</c> when unset.</summary>
    /// <example>GREEN</example>
    public required string Health { get; init; }

    /// <summary>The display settings of the health.</summary>
    public required AttributeDisplay HealthConfiguration { get; init; }

    /// <summary>The ID of the industry, <c>""</c> when unset.</summary>
    public required string IndustryId { get; init; }

    /// <summary>The industry, <c>""</c> when unset.</summary>
    /// <example>Technology</example>
    public required string Industry { get; init; }

    /// <summary>The display settings of the industry.</summary>
    public required AttributeDisplay IndustryConfiguration { get; init; }

    /// <summary>The primary domain.</summary>
    /// <example>acme.com</example>
    public required string PrimaryDomain { get; init; }

    /// <summary>The secondary domain.</summary>
    public required string? SecondaryDomain { get; init; }

    /// <summary>The name of the account's owner.</summary>
    public required string? AccountOwner { get; init; }

    /// <summary>The ID of the account's owner.</summary>
    public required string? AccountOwnerId { get; init; }

    /// <summary>The email address of the account's owner.</summary>
    public required string? AccountOwnerEmail { get; init; }

    /// <summary>The URL of the owner's avatar.</summary>
    public required string? AccountOwnerAvatarUrl { get; init; }

    /// <summary>The annual revenue.</summary>
    /// <example>1250000.5</example>
    public required decimal? AnnualRevenue { get; init; }

    /// <summary>The number of employees.</summary>
    /// <example>120</example>
    public required int? Employees { get; init; }

    /// <summary>The URL of the website.</summary>
    public required string? Website { get; init; }

    /// <summary>The billing address.</summary>
    public required string? BillingAddress { get; init; }

    /// <summary>The shipping address.</summary>
    public required string? ShippingAddress { get; init; }

    /// <summary>The values of custom fields.</summary>
    public required IReadOnlyList<CustomFieldValueResponse> CustomFieldValues { get; init; }

    /// <summary>Your own data.</summary>
    public required RawJson Metadata { get; init; }

    /// <summary>The time at which the account was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time of the last change.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    internal static Expression<Func<Account, AccountResponse>> Projection { get; } = account => new AccountResponse
    {
        Id = WireFormat.Id(account.Id),
        Name = account.Name,
        Description = account.Description,
        Source = account.Source,
        Logo = account.Logo,
        StatusId = WireFormat.IdOrEmpty(account.StatusId),
        Status = account.Status == null ? "" : account.Status.Value,
        StatusConfiguration = new AttributeDisplay
        {
            Icon = account.Status == null ? null : account.Status.Icon,
            Color = account.Status == null ? null : account.Status.Color,
            IsClosed = account.Status == null ? null : account.Status.IsClosed,
        },
        ClassificationId = WireFormat.IdOrEmpty(account.ClassificationId),
        Classification = account.Classification == null ? "" : account.Classification.Value,
        ClassificationConfiguration = new AttributeDisplay
        {
            Icon = account.Classification == null ? null : account.Classification.Icon,
            Color = account.Classification == null ? null : account.Classification.Color,
            IsClosed = account.Classification == null ? null : account.Classification.IsClosed,
        },
        HealthId = WireFormat.IdOrEmpty(account.HealthId),
        Health = account.Health == null ? "" : account.Health.Value,
        HealthConfiguration = new AttributeDisplay
        {
            Icon = account.Health == null ? null : account.Health.Icon,
            Color = account.Health == null ? null : account.Health.Color,
            IsClosed = account.Health == null ? null : account.Health.IsClosed,
        },
        IndustryId = WireFormat.IdOrEmpty(account.IndustryId),
        Industry = account.Industry == null ? "" : account.Industry.Value,
        IndustryConfiguration = new AttributeDisplay
        {
            Icon = account.Industry == null ? null : account.Industry.Icon,
            Color = account.Industry == null ? null : account.Industry.Color,
            IsClosed = account.Industry == null ? null : account.Industry.IsClosed,
        },
        PrimaryDomain = account.PrimaryDomain,
        SecondaryDomain = account.SecondaryDomain,
        AccountOwner = account.AccountOwner == null ? null : account.AccountOwner.Name,
        AccountOwnerId = WireFormat.IdOrNull(account.AccountOwnerId),
        AccountOwnerEmail = account.AccountOwner == null ? null : account.AccountOwner.Email,
        AccountOwnerAvatarUrl = account.AccountOwner == null ? null : account.AccountOwner.AvatarUrl,
        AnnualRevenue = WireFormat.Number(account.AnnualRevenue),
        Employees = account.Employees,
        Website = account.Website,
        BillingAddress = account.BillingAddress,
        ShippingAddress = account.ShippingAddress,
        CustomFieldValues = account.CustomFieldValues
            .Where(value => value.CustomField!.DeletedAt == null)
            .OrderBy(value => value.Position)
            .Select(value => new CustomFieldValueResponse
            {
                CustomFieldId = WireFormat.Id(value.CustomFieldId),
                Data = value.Data,
                Metadata = value.Metadata,
            })
            .ToList(),
        Metadata = account.Metadata,
        CreatedAt = account.CreatedAt,
        UpdatedAt = account.UpdatedAt,
    };

    /// <summary>Maps an account whose references are loaded.</summary>
    internal static Func<Account, AccountResponse> Of { get; } = Projection.Compile();
}
