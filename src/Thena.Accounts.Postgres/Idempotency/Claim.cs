using Npgsql;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Postgres.Idempotency;

/// <summary>
/// The claim of a unit on an idempotency key: a row that only one transaction can insert. Another one waits until the first has ended, and
/// then finds its response. This holds on every node of a cluster.
/// </summary>
/// <param name="key">The key.</param>
/// <param name="caller">The caller, to whose user the key belongs.</param>
internal sealed class Claim(IdempotencyKey key, Caller caller)
{
    private const short Unanswered = 0;
    private const string KeyCondition = "organization_id = $1 and user_id = $2 and key = $3";

    private readonly NpgsqlBatchCommand _insert = Command(
        "insert into idempotent_requests (organization_id, user_id, key, fingerprint, status, body, created_at)"
        + " values ($1, $2, $3, $4, $5, '', now()) on conflict do nothing",
        key,
        caller,
        new NpgsqlParameter<byte[]> { TypedValue = key.Fingerprint },
        new NpgsqlParameter<short> { TypedValue = Unanswered });

    private IReadOnlyList<(byte[] Fingerprint, SerializedResponse Response)> _stored = [];

    /// <summary>Adds the claim to the first statements of a unit.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="lockTimeoutSeconds">The seconds that other statements of the unit wait for a lock.</param>
    public void AddTo(Statements statements, int lockTimeoutSeconds)
    {
        statements.Add(new NpgsqlBatchCommand("set local lock_timeout = '1s'"));
        statements.Add(_insert);
        _stored = statements.Read(
            Command($"select fingerprint, status, etag, body from idempotent_requests where {KeyCondition}", key, caller),
            reader => (
                reader.GetFieldValue<byte[]>(0),
                new SerializedResponse(
                    reader.GetInt16(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetFieldValue<byte[]>(3))));
        statements.Add(new NpgsqlBatchCommand($"set local lock_timeout = '{lockTimeoutSeconds}s'"));
    }

    /// <summary>Ensures that the unit may go on.</summary>
    /// <exception cref="ClaimRefusedException">The request has been processed already, or another one has the key.</exception>
    public void Check()
    {
        if (_stored is [var (fingerprint, response)] && response.Status != Unanswered)
        {
            throw fingerprint.AsSpan().SequenceEqual(key.Fingerprint)
                ? new ClaimRefusedException(ClaimRefusal.Answered, response)
                : new ClaimRefusedException(ClaimRefusal.KeyReused);
        }
    }

    /// <summary>Ensures that the unit holds the key, after its first statements have succeeded.</summary>
    /// <exception cref="ClaimRefusedException">
    /// The request has been processed already, another one has the key, or an expired row was just being removed.
    /// </exception>
    public void CheckHeld()
    {
        Check();
        if (_stored.Count == 0)
        {
            throw new ClaimRefusedException(ClaimRefusal.StillRunning);
        }
    }

    /// <summary>Whether a fault means that the transaction with the key still runs.</summary>
    public bool IsHeld(PostgresException fault) =>
        fault.SqlState == PostgresErrorCodes.LockNotAvailable && ReferenceEquals(fault.BatchCommand, _insert);

    /// <summary>Creates the statement that stores the response.</summary>
    public NpgsqlBatchCommand CreateUpdate(SerializedResponse response) => Command(
        $"update idempotent_requests set status = $4, etag = $5, body = $6 where {KeyCondition}",
        key,
        caller,
        new NpgsqlParameter<short> { TypedValue = (short)response.Status },
        new NpgsqlParameter<string?> { TypedValue = response.ETag },
        new NpgsqlParameter<byte[]> { TypedValue = response.Body });

    private static NpgsqlBatchCommand Command(string sql, IdempotencyKey key, Caller caller, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = caller.OrganizationId.ToGuid() },
                new NpgsqlParameter<Guid> { TypedValue = caller.UserId.ToGuid() },
                new NpgsqlParameter<string> { TypedValue = key.Text },
            },
        };
        Array.ForEach(parameters, parameter => command.Parameters.Add(parameter));
        return command;
    }
}
