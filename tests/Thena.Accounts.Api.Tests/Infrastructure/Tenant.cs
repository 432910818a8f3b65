using Thena.Accounts.Core.Administration;

namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>An organization of a test, with a user and a client that holds the user's key.</summary>
/// <param name="OrganizationId">The organization.</param>
/// <param name="User">The user.</param>
/// <param name="Key">The key.</param>
/// <param name="Client">The client.</param>
public sealed record Tenant(string OrganizationId, UserResponse User, NewApiKeyResponse Key, HttpClient Client);
