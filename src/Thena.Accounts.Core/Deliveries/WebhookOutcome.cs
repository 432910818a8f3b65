namespace Thena.Accounts.Core.Deliveries;

/// <summary>What has come of an attempt.</summary>
public sealed record WebhookOutcome
{
    private const int Gone = 410;

    /// <summary>The HTTP status of the answer, if there is one.</summary>
    public int? Status { get; init; }

    /// <summary>The beginning of the body of the answer.</summary>
    public string? Response { get; init; }

    /// <summary>Why the attempt failed; null if it succeeded.</summary>
    public string? Error { get; init; }

    /// <summary>The time for which the receiver asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The duration.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether the event has arrived.</summary>
    public bool IsSuccess => Error is null;

    /// <summary>Whether the receiver wants no more requests.</summary>
    public bool IsGone => Status == Gone;

    /// <summary>What keeps a request from being sent at all.</summary>
    public static WebhookOutcome Unsent(string error) => new() { Error = error };
}
