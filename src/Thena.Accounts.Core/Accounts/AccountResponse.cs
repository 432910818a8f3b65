using System.Linq.Expressions;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Accounts;

/// <summary>An account. Members stand in the documented order.</summary>
public sealed record AccountResponse
{
    /// <summary>The account's id.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    /// <example>Acme Corporation</example>
    public required string Name { get; init; }

    /// <summary>What there is to say about it.</summary>
    public required string? Description { get; init; }

    /// <summary>Where it came from.</summary>
    /// <example>manual</example>
    public required string Source { get; init; }

    /// <summary>URL of its logo.</summary>
    public required string? Logo { get; init; }

    /// <summary>Id of its status, <c>""</c> when unset.</summary>
    public required string StatusId { get; init; }

    /// <summary>Its status, <c>""</c> when unset.</summary>
    /// <example>ACTIVE</example>
    public required string Status { get; init; }

    /// <summary>How the status is shown.</summary>
    public required AttributeDisplay StatusConfiguration { get; init; }

    /// <summary>Id of its classification, <c>""</c> when unset.</summary>
    public required string ClassificationId { get; init; }

    /// <summary>Its classification, <c>""</c> when unset.</summary>
    /// <example>ENTERPRISE</example>
    public required string Classification { get; init; }

    /// <summary>How the classification is shown.</summary>
    public required AttributeDisplay ClassificationConfiguration { get; init; }

    /// <summary>Id of its health, <c>""</c> when unset.</summary>
    public required string HealthId { get; init; }

    /// <summary>Its health, <c>""</c> when unset.</summary>
    /// <example>GREEN</example>
    public required string Health { get; init; }

    /// <summary>How the health is shown.</summary>
    public required AttributeDisplay HealthConfiguration { get; init; }

    /// <summary>Id of its industry, <c>""</c> when unset.</summary>
    public required string IndustryId { get; init; }

    /// <summary>Its industry, <c>""</c> when unset.</summary>
    /// <example>Technology</example>
    public required string Industry { get; init; }

    /// <summary>How the industry is shown.</summary>
    public required AttributeDisplay IndustryConfiguration { get; init; }

    /// <summary>Its domain.</summary>
    /// <example>acme.com</example>
    public required string PrimaryDomain { get; init; }

    /// <summary>A further domain.</summary>
    public required string? SecondaryDomain { get; init; }

    /// <summary>The name of the user who looks after it.</summary>
    public required string? AccountOwner { get; init; }

    /// <summary>The id of that user.</summary>
    public required string? AccountOwnerId { get; init; }

    /// <summary>The e-mail address of that user.</summary>
    public required string? AccountOwnerEmail { get; init; }

    /// <summary>URL of that user's picture.</summary>
    public required string? AccountOwnerAvatarUrl { get; init; }

    /// <summary>Revenue a year.</summary>
    /// <example>1250000.5</example>
    public required decimal? AnnualRevenue { get; init; }

    /// <summary>How many people work for it.</summary>
    /// <example>120</example>
    public required int? Employees { get; init; }

    /// <summary>URL of its web site.</summary>
    public required string? Website { get; init; }

    /// <summary>Where bills go.</summary>
    public required string? BillingAddress { get; init; }

    /// <summary>Where goods go.</summary>
    public required string? ShippingAddress { get; init; }

    /// <summary>Values of custom fields.</summary>
    public required IReadOnlyList<CustomFieldValueResponse> CustomFieldValues { get; init; }

    /// <summary>The client's own data.</summary>
    public required RawJson Metadata { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
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

    /// <summary>The same of an account whose references are loaded.</summary>
    internal static Func<Account, AccountResponse> Of { get; } = Projection.Compile();
}
