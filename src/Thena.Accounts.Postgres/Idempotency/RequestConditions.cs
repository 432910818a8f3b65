namespace Thena.Accounts.Postgres.Idempotency;

/// <summary>The conditions that a client puts on its request. The write transaction enforces them.</summary>
public sealed class RequestConditions
{
    /// <summary>The key of a request that must have its effect at most once.</summary>
    public IdempotencyKey? IdempotencyKey { get; set; }

    /// <summary>
    /// The versions of the record that the client accepts (<c>If-Match</c>), each the record's <c>updatedAt</c>;
    /// <see langword="null"/> if any version will do.
    /// </summary>
    public IReadOnlyCollection<DateTimeOffset>? Versions { get; set; }

    /// <summary>The stored response, if the request has been processed before.</summary>
    public SerializedResponse? Replay { get; internal set; }

    /// <summary>Whether the client accepts a version of the record.</summary>
    internal bool Accept(DateTimeOffset updatedAt) => Versions is null || Versions.Contains(updatedAt);
}
