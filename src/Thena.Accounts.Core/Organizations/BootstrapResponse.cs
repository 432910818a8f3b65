namespace Thena.Accounts.Core.Organizations;

/// <summary>A key that was just made, with an organization and a user of its own: the only time that it is shown.</summary>
public sealed record BootstrapResponse(string Id, string Key, string UserId, string OrganizationId);
