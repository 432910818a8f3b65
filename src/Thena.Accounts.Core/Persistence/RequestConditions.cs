namespace Thena.Accounts.Core.Persistence;

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

    /// <summary>Ensures that the client knows the current version of a record.</summary>
    /// <exception cref="VersionChangedException">The record has changed since the client read it.</exception>
    internal void Check(DateTimeOffset updatedAt)
    {
        if (Versions is not null && !Versions.Contains(updatedAt))
        {
            throw new VersionChangedException();
        }
    }
}

/// <summary>Thrown when a record has changed since the client read it.</summary>
internal sealed class VersionChangedException() : Exception("The record has changed.");
