using Thena.Accounts.Core.Administration;

namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>An organization with a user, and a client that sends the user's key.</summary>
/// <param name="OrganizationId">The ID of the organization.</param>
/// <param name="User">The user.</param>
/// <param name="Key">The key of the user.</param>
/// <param name="Client">The client that sends the key.</param>
public sealed record Tenant(string OrganizationId, UserResponse User, NewApiKeyResponse Key, HttpClient Client);
