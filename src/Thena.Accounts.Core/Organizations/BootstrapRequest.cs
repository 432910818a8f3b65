namespace Thena.Accounts.Core.Organizations;

/// <summary>A new organization with its first user.</summary>
/// <param name="Organization">The organization.</param>
/// <param name="UserName">The user's name.</param>
/// <param name="UserEmail">The user's e-mail address.</param>
public sealed record BootstrapRequest(CreateOrganizationRequest Organization, string UserName, string UserEmail);
