namespace Thena.Accounts.Api.Administration;

/// <summary>The output of <c>health</c>.</summary>
/// <param name="Ready">Whether the server accepts requests.</param>
internal sealed record HealthResponse(bool Ready);
