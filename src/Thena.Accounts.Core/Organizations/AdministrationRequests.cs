namespace Thena.Accounts.Core.Organizations;

/// <summary>A new organization.</summary>
/// <param name="Name">Its name, 1 to 255 characters.</param>
/// <param name="Tier">What it has subscribed to.</param>
public sealed record CreateOrganizationRequest(string Name, OrganizationTier Tier);

/// <summary>A new user.</summary>
/// <param name="OrganizationId">The organization that the user works for.</param>
/// <param name="Name">The user's name.</param>
/// <param name="Email">The user's e-mail address, unique in the organization.</param>
/// <param name="AvatarUrl">Where the user's picture is.</param>
public sealed record CreateUserRequest(string OrganizationId, string Name, string Email, string? AvatarUrl);

/// <summary>A new key.</summary>
/// <param name="UserId">The user in whose name it acts.</param>
/// <param name="Name">What it is for.</param>
/// <param name="ExpiresInDays">After how many days it stops working; <see langword="null"/> for never.</param>
/// <param name="Scopes">What it may do, see <see cref="ApiKeyScopes"/>.</param>
public sealed record CreateApiKeyRequest(string UserId, string Name, int? ExpiresInDays, IReadOnlyList<string> Scopes);

/// <summary>A new organization with its first user.</summary>
/// <param name="Organization">The organization.</param>
/// <param name="UserName">The user's name.</param>
/// <param name="UserEmail">The user's e-mail address.</param>
public sealed record BootstrapRequest(CreateOrganizationRequest Organization, string UserName, string UserEmail);
