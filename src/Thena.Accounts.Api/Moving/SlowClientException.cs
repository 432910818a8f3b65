namespace Thena.Accounts.Api.Moving;

/// <summary>Thrown when the client of an export takes less than it must.</summary>
internal sealed class SlowClientException() : IOException("The client reads too slowly.");
