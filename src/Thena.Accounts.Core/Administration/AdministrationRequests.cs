using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Core.Administration;

/// <summary>The organization to create.</summary>
/// <param name="Name">The name, 1 to 255 characters.</param>
/// <param name="Tier">The subscription tier.</param>
public sealed record CreateOrganizationRequest(string Name, OrganizationTier Tier);

/// <summary>The user to create.</summary>
/// <param name="OrganizationId">The ID of the organization that the user works for.</param>
/// <param name="Name">The user's name.</param>
/// <param name="Email">The user's email address, unique in the organization regardless of case.</param>
/// <param name="AvatarUrl">The URL of the user's avatar.</param>
public sealed record CreateUserRequest(string OrganizationId, string Name, string Email, string? AvatarUrl)
{
    /// <summary>The ID of the user, if the user is copied from elsewhere. Otherwise, a new one is chosen.</summary>
    internal Ulid? Id { get; init; }
}

/// <summary>The API key to create.</summary>
/// <param name="UserId">The ID of the user in whose name the key acts.</param>
/// <param name="Name">The name, which says what the key is for.</param>
/// <param name="ExpiresInDays">The number of days until the key expires; <see langword="null"/> if it never does.</param>
/// <param name="Scopes">The scopes of the key, see <see cref="ApiKeyScopes"/>.</param>
public sealed record CreateApiKeyRequest(string UserId, string Name, int? ExpiresInDays, IReadOnlyList<string> Scopes);

/// <summary>The organization to create, with its first user.</summary>
/// <param name="Organization">The organization.</param>
/// <param name="UserName">The user's name.</param>
/// <param name="UserEmail">The user's email address.</param>
/// <param name="IfAbsent">Whether to create only what is missing, see <see cref="AdministrationService.BootstrapAsync"/>.</param>
public sealed record BootstrapRequest(CreateOrganizationRequest Organization, string UserName, string UserEmail, bool IfAbsent = false);
