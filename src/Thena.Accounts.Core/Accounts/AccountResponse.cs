using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.ReferenceData;

namespace Thena.Accounts.Core.Accounts;

/// <summary>An account.</summary>
public sealed record AccountResponse : IVersioned
{
    /// <summary>The account's ID.</summary>
    public required string Id { get; init; }

    /// <summary>The account's name.</summary>
    /// <example>Acme Corporation</example>
    public required string Name { get; init; }

    /// <summary>A free-text description of the account.</summary>
    /// <example>Makes everything a coyote needs.</example>
    public required string? Description { get; init; }

    /// <summary>The origin of the account.</summary>
    /// <example>manual</example>
    public required string Source { get; init; }

    /// <summary>The URL of the logo.</summary>
    /// <example>https://acme.com/logo.png</example>
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
    /// <example>acme.org</example>
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
    /// <example>https://www.acme.com</example>
    public required string? Website { get; init; }

    /// <summary>The billing address.</summary>
    /// <example>1 Desert Road, Tucson, Arizona</example>
    public required string? BillingAddress { get; init; }

    /// <summary>The shipping address.</summary>
    /// <example>1 Desert Road, Tucson, Arizona</example>
    public required string? ShippingAddress { get; init; }

    /// <summary>The values of custom fields.</summary>
    public required IReadOnlyList<CustomFieldValueResponse> CustomFieldValues { get; init; }

    /// <summary>Your own data.</summary>
    public required RawJson Metadata { get; init; }

    /// <summary>The time at which the account was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time of the last change.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Makes the response from an account.</summary>
    internal static AccountResponse From(Account account, References references)
    {
        var status = AttributeReference.From(references, account.StatusId);
        var classification = AttributeReference.From(references, account.ClassificationId);
        var health = AttributeReference.From(references, account.HealthId);
        var industry = AttributeReference.From(references, account.IndustryId);
        var owner = UserReference.From(references, account.AccountOwnerId);
        return new AccountResponse
        {
            Id = WireFormat.Id(account.Id),
            Name = account.Name,
            Description = account.Description,
            Source = account.Source,
            Logo = account.Logo,
            StatusId = status.Id,
            Status = status.Value,
            StatusConfiguration = status.Display,
            ClassificationId = classification.Id,
            Classification = classification.Value,
            ClassificationConfiguration = classification.Display,
            HealthId = health.Id,
            Health = health.Value,
            HealthConfiguration = health.Display,
            IndustryId = industry.Id,
            Industry = industry.Value,
            IndustryConfiguration = industry.Display,
            PrimaryDomain = account.PrimaryDomain,
            SecondaryDomain = account.SecondaryDomain,
            AccountOwner = owner.Name,
            AccountOwnerId = owner.Id,
            AccountOwnerEmail = owner.Email,
            AccountOwnerAvatarUrl = owner.AvatarUrl,
            AnnualRevenue = account.AnnualRevenue is { } revenue ? WireFormat.Number(revenue) : null,
            Employees = account.Employees,
            Website = account.Website,
            BillingAddress = account.BillingAddress,
            ShippingAddress = account.ShippingAddress,
            CustomFieldValues = CustomFieldValueResponse.From(account.CustomFieldValues, references),
            Metadata = account.Metadata,
            CreatedAt = account.CreatedAt,
            UpdatedAt = account.UpdatedAt,
        };
    }
}
