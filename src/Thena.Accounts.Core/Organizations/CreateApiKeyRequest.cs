namespace Thena.Accounts.Core.Organizations;

/// <summary>A new key.</summary>
/// <param name="UserId">The user in whose name it acts.</param>
/// <param name="Name">What it is for.</param>
/// <param name="ExpiresInDays">After how many days it stops working; <see langword="null"/> for never.</param>
/// <param name="Scopes">What it may do, see <see cref="ApiKeyScopes"/>.</param>
public sealed record CreateApiKeyRequest(string UserId, string Name, int? ExpiresInDays, IReadOnlyList<string> Scopes);
