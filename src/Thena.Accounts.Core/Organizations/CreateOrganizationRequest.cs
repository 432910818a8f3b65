namespace Thena.Accounts.Core.Organizations;

/// <summary>A new organization.</summary>
/// <param name="Name">Its name, 1 to 255 characters.</param>
/// <param name="Tier">What it has subscribed to.</param>
public sealed record CreateOrganizationRequest(string Name, OrganizationTier Tier);
