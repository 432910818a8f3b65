namespace Thena.Accounts.Core.Organizations;

/// <summary>A key that was just made: the only time that it is shown.</summary>
public sealed record NewApiKeyResponse(string Id, string Key);
