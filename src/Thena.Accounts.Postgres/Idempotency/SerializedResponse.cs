namespace Thena.Accounts.Postgres.Idempotency;

/// <summary>A response as it is sent and, with an idempotency key, stored to be sent again.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ETag">The entity tag, if the response has one.</param>
/// <param name="Body">The body, empty if the response has none.</param>
public sealed record SerializedResponse(int Status, string? ETag, byte[] Body);
