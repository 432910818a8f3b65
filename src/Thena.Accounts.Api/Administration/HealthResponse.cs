namespace Thena.Accounts.Api.Administration;

/// <summary>What <c>health</c> prints.</summary>
/// <param name="Ready">The server takes requests.</param>
internal sealed record HealthResponse(bool Ready);
