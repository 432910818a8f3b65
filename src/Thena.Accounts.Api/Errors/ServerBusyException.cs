namespace Thena.Accounts.Api.Errors;

/// <summary>Thrown when the server has too much to do. A retry may succeed (503).</summary>
internal sealed class ServerBusyException() : Exception("Too many requests with large bodies are waiting.");
