namespace Thena.Accounts.Core.Organizations;

/// <summary>A tenant. Everything else belongs to exactly one.</summary>
public sealed class Organization
{
    /// <summary>The organization's id.</summary>
    public required Ulid Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; set; }

    /// <summary>What it has subscribed to.</summary>
    public required OrganizationTier Tier { get; set; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
