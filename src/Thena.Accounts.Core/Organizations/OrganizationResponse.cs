namespace Thena.Accounts.Core.Organizations;

/// <summary>An organization, as the command line shows it.</summary>
public sealed record OrganizationResponse(string Id, string Name, string Tier, DateTimeOffset CreatedAt);
