namespace Thena.Accounts.Postgres.Idempotency;

/// <summary>A request that must have its effect at most once, however often it is sent (IETF draft "Idempotency-Key").</summary>
/// <param name="Text">The key that the client chose: 1 to 255 visible ASCII characters.</param>
/// <param name="Fingerprint">The SHA-256 of what the client sent. The same key with another fingerprint is an error.</param>
public sealed record IdempotencyKey(string Text, byte[] Fingerprint);
