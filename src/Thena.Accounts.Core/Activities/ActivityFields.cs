using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Activities;

/// <summary>What can be said of an activity when it is created and when it is changed (contract: Activity).</summary>
public abstract record ActivityFields
{
    /// <summary>When it happens or happened, an ISO 8601 instant.</summary>
    /// <example>2023-12-07T10:30:00.000Z</example>
    public Optional<DateTimeOffset?> ActivityTimestamp { get; init; }

    /// <summary>How long, in minutes.</summary>
    /// <example>45</example>
    public Optional<int?> Duration { get; init; }

    /// <summary>Where.</summary>
    /// <example>Zoom</example>
    public Optional<string?> Location { get; init; }

    /// <summary>What to call it.</summary>
    /// <example>Quarterly review</example>
    public Optional<string?> Title { get; init; }

    /// <summary>What there is to say about it.</summary>
    /// <example>Numbers of the third quarter, plans for the fourth.</example>
    public Optional<string?> Description { get; init; }

    /// <summary>What sort of activity it is: id or value of an <c>activity_type</c>.</summary>
    /// <example>CALL</example>
    public Optional<string?> Type { get; init; }

    /// <summary>How far it is: id or value of an <c>activity_status</c>.</summary>
    /// <example>PENDING</example>
    public Optional<string?> Status { get; init; }

    /// <summary>Ids of the users who take part; on an update they replace those before.</summary>
    public Optional<IReadOnlyList<string>?> Participants { get; init; }

    /// <summary>URLs to attach; what is attached already stays.</summary>
    /// <example>["https://files.acme.com/q3/review.pdf"]</example>
    public Optional<IReadOnlyList<string>?> AttachmentUrls { get; init; }

    /// <summary>The client's own data; it replaces what was there.</summary>
    public Optional<RawJson?> Metadata { get; init; }
}
