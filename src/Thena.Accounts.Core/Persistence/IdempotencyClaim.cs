using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Thena.Accounts.Core.Tenancy;

namespace Thena.Accounts.Core.Persistence;

/// <summary>A request that must have its effect at most once, however often it is sent (IETF draft "Idempotency-Key").</summary>
/// <param name="Text">The key that the client chose: 1 to 255 visible ASCII characters.</param>
/// <param name="Fingerprint">The SHA-256 of what the client sent. The same key with another fingerprint is an error.</param>
public sealed record IdempotencyKey(string Text, byte[] Fingerprint);

/// <summary>
/// The claim of a transaction on an idempotency key. It is part of the transaction's first round trip: an advisory lock that only one
/// transaction can hold, and then the look-up of the stored response, which sees what the previous holder has committed.
/// </summary>
internal sealed class IdempotencyClaim(IdempotencyKey key, Caller caller)
{
    private IReadOnlyList<bool> _isHeld = [];
    private IReadOnlyList<(byte[] Fingerprint, SerializedResponse Response)> _stored = [];

    /// <summary>Adds the claim to a batch.</summary>
    public void AddTo(QueryBatch batch)
    {
        _isHeld = batch.Add($"select pg_try_advisory_xact_lock({LockNumber()})", reader => reader.GetBoolean(0));
        _stored = batch.Add(
            $"""
            select fingerprint, status, etag, body from idempotent_requests
            where organization_id = {caller.OrganizationId} and user_id = {caller.UserId} and key = {key.Text}
            """,
            reader => (
                reader.GetFieldValue<byte[]>(0),
                new SerializedResponse(
                    reader.GetInt16(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetFieldValue<byte[]>(3))));
    }

    /// <summary>Ensures that the transaction may go on.</summary>
    /// <exception cref="ClaimRefusedException">The request has been processed already, or another one has the key.</exception>
    public void Check()
    {
        if (_stored is [var (fingerprint, response)])
        {
            throw fingerprint.AsSpan().SequenceEqual(key.Fingerprint)
                ? new ClaimRefusedException(ClaimRefusal.Answered, response)
                : new ClaimRefusedException(ClaimRefusal.KeyReused);
        }

        if (_isHeld is not [true])
        {
            throw new ClaimRefusedException(ClaimRefusal.StillRunning);
        }
    }

    /// <summary>Creates the command that stores the response.</summary>
    public NpgsqlBatchCommand CreateInsert(SerializedResponse response) => new(
        """
        insert into idempotent_requests (organization_id, user_id, key, fingerprint, status, etag, body, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, now())
        """)
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = caller.OrganizationId.ToGuid() },
            new NpgsqlParameter<Guid> { TypedValue = caller.UserId.ToGuid() },
            new NpgsqlParameter<string> { TypedValue = key.Text },
            new NpgsqlParameter<byte[]> { TypedValue = key.Fingerprint },
            new NpgsqlParameter<short> { TypedValue = (short)response.Status },
            new NpgsqlParameter<string?> { TypedValue = response.ETag },
            new NpgsqlParameter<byte[]> { TypedValue = response.Body },
        },
    };

    /// <summary>Two keys with the same number would only wait for each other.</summary>
    private long LockNumber() => BinaryPrimitives.ReadInt64LittleEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{caller.OrganizationId}/{caller.UserId}/{key.Text}")));
}

/// <summary>Why a claim is refused.</summary>
internal enum ClaimRefusal
{
    /// <summary>The same request is being processed by another transaction.</summary>
    StillRunning,

    /// <summary>The same request has been processed, and its response is known.</summary>
    Answered,

    /// <summary>Another request has used the key.</summary>
    KeyReused,
}

/// <summary>Thrown when a transaction must not go on, because its idempotency key belongs to another one.</summary>
internal sealed class ClaimRefusedException(ClaimRefusal reason, SerializedResponse? response = null)
    : Exception("The idempotency key belongs to another transaction.")
{
    public ClaimRefusal Reason => reason;

    public SerializedResponse? Response => response;
}
