namespace Thena.Accounts.Core.Organizations;

/// <summary>A user, as the command line shows it.</summary>
public sealed record UserResponse(string Id, string OrganizationId, string Name, string Email, string? AvatarUrl, DateTimeOffset CreatedAt);
