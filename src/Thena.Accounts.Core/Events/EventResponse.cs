using System.Text.Json;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Changes;
using Thena.Accounts.Postgres.ReferenceData;

namespace Thena.Accounts.Core.Events;

/// <summary>An event: something that has happened to a record.</summary>
public sealed record EventResponse
{
    /// <summary>The event's ID. It is the same each time the event is read or delivered.</summary>
    /// <example>01JGYPNP404WTJZMYZ0JWY0ZZK</example>
    public required string EventId { get; init; }

    /// <summary>The type, such as <c>account:updated</c>.</summary>
    /// <example>account:updated</example>
    public required string EventType { get; init; }

    /// <summary>The time of the change, which is the <c>updatedAt</c> of the record.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The organization's ID.</summary>
    public required string OrgId { get; init; }

    /// <summary>Who made the change.</summary>
    public required EventActor Actor { get; init; }

    /// <summary>
    /// The whole record after the change, such as <c>account</c>, and before the change, such as <c>previousAccount</c>. For a new record,
    /// <c>previousAccount</c> is <c>null</c>. For a deleted record, <c>account</c> is <c>null</c>.
    /// </summary>
    /// <example>{"account": {"id": "01JGYPNP404WTJZMYZ0JWY0ZZK", "status": "ACTIVE"}, "previousAccount": {"id": "01JGYPNP404WTJZMYZ0JWY0ZZK", "status": "PROSPECT"}}</example>
    public required RawJson Payload { get; init; }

    /// <summary>More about the change.</summary>
    public required EventMetadata Metadata { get; init; }

    /// <summary>Returns the ID of an event of a change.</summary>
    internal static string IdOf(FeedChange change, EventType type) =>
        type.Detail is { } detail ? $"{WireFormat.Id(change.Id)}-{detail.Suffix}" : WireFormat.Id(change.Id);

    /// <summary>Makes an event of a change.</summary>
    internal static EventResponse From(SeenChange seen, EventType type, Ulid organizationId, References references)
    {
        var change = seen.Change;
        var actor = UserReference.From(references, change.ActorId);
        return new EventResponse
        {
            EventId = IdOf(change, type),
            EventType = type.Name,
            Timestamp = change.Id.Time,
            OrgId = WireFormat.Id(organizationId),
            Actor = new EventActor(actor.Id, actor.Id is null ? EventActor.System : EventActor.Agent, actor.Email),
            Payload = EventPayload.Create(seen, type),
            Metadata = new EventMetadata(
                change.Version,
                [.. JsonElement.Parse(change.Changed.Span).EnumerateArray().Select(member => member.GetString()!)],
                change.RequestId,
                change.ApiKeyId is { } key ? WireFormat.Id(key) : null,
                change.Source),
        };
    }
}

/// <summary>Who made a change.</summary>
/// <param name="Id">The ID of the user whose API key was used; <c>null</c> if the change did not come from a request.</param>
/// <param name="Type" example="AGENT"><c>AGENT</c> for a user, <c>SYSTEM</c> for the server or its operator.</param>
/// <param name="Email" example="ada@example.com">The user's email address.</param>
public sealed record EventActor(string? Id, string Type, string? Email)
{
    /// <summary>A user of the organization.</summary>
    public const string Agent = "AGENT";

    /// <summary>The server or its operator.</summary>
    public const string System = "SYSTEM";
}

/// <summary>More about a change.</summary>
/// <param name="Version" example="7">The number of the change among the changes of the record, from 1. Apply an event only if this
/// number is greater than that of your copy.</param>
/// <param name="Changed" example="[&quot;status&quot;]">The members that were changed, such as <c>status</c> or <c>metadata.plan</c>. Empty
/// if the record is new or was deleted.</param>
/// <param name="RequestId">The ID of the request. Its response had it in the header <c>X-Request-Id</c>.</param>
/// <param name="ApiKeyId">The ID of the API key that was used.</param>
/// <param name="Source" example="api">What the change came from: <c>api</c>, <c>bulk</c>, <c>ingest</c>, <c>import</c> or
/// <c>system</c>.</param>
public sealed record EventMetadata(int Version, IReadOnlyList<string> Changed, string? RequestId, string? ApiKeyId, string Source);
