namespace Thena.Accounts.Postgres.Changes;

/// <summary>Where the changes of a scope come from.</summary>
public sealed class ChangeOrigin
{
    /// <summary>See <see cref="ChangeSource"/>.</summary>
    public string Source { get; set; } = ChangeSource.System;

    /// <summary>The ID of the request, if the scope belongs to one.</summary>
    public string? RequestId { get; set; }

    /// <summary>The user of the key that was used.</summary>
    public Ulid? ActorId { get; set; }

    /// <summary>The key that was used.</summary>
    public Ulid? ApiKeyId { get; set; }

    /// <summary>Takes the values of another scope.</summary>
    public void Take(ChangeOrigin other) =>
        (Source, RequestId, ActorId, ApiKeyId) = (other.Source, other.RequestId, other.ActorId, other.ApiKeyId);
}
