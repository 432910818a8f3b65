namespace Thena.Accounts.Core.Organizations;

/// <summary>A new user.</summary>
/// <param name="OrganizationId">The organization that the user works for.</param>
/// <param name="Name">The user's name.</param>
/// <param name="Email">The user's e-mail address, unique in the organization.</param>
/// <param name="AvatarUrl">Where the user's picture is.</param>
public sealed record CreateUserRequest(string OrganizationId, string Name, string Email, string? AvatarUrl);
