namespace Thena.Accounts.Postgres.Idempotency;

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
