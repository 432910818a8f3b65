using Thena.Accounts.Core.Events;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.ReferenceData;

namespace Thena.Accounts.Core.History;

/// <summary>A change of a record.</summary>
public sealed record HistoryEntryResponse
{
    /// <summary>The ID of the change. Its event has the same ID.</summary>
    public required string Id { get; init; }

    /// <summary>The number of the change among the changes of the record, from 1.</summary>
    /// <example>7</example>
    public required int Version { get; init; }

    /// <summary><c>created</c>, <c>updated</c>, <c>deleted</c>, or <c>erased</c>.</summary>
    /// <example>updated</example>
    public required string Action { get; init; }

    /// <summary>The time of the change. It is the new <c>updatedAt</c> of the record.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who made the change; <c>null</c> if it did not come from a request.</summary>
    public required HistoryActor? Actor { get; init; }

    /// <summary>The ID of the API key that was used.</summary>
    public required string? ApiKeyId { get; init; }

    /// <summary>The ID of the request.</summary>
    public required string? RequestId { get; init; }

    /// <summary>What the change came from: <c>api</c>, <c>bulk</c>, <c>ingest</c>, <c>import</c> or <c>system</c>.</summary>
    /// <example>api</example>
    public required string Source { get; init; }

    /// <summary>The record that was changed. With <c>related</c>, it can be another record than the account.</summary>
    public required HistoryRecord Record { get; init; }

    /// <summary>The members that were changed. For a new or deleted record, the members that have a value.</summary>
    public required IReadOnlyList<MemberChange> Changes { get; init; }

    /// <summary>Makes an entry of a change.</summary>
    internal static HistoryEntryResponse From(SeenChange seen, string? field, References references)
    {
        var change = seen.Change;
        var actor = UserReference.From(references, change.ActorId);
        return new HistoryEntryResponse
        {
            Id = WireFormat.Id(change.Id),
            Version = change.Version,
            Action = seen.Action,
            At = change.Id.Time,
            Actor = actor.Id is null ? null : new HistoryActor(actor.Id, actor.Name, actor.Email),
            ApiKeyId = change.ApiKeyId is { } key ? WireFormat.Id(key) : null,
            RequestId = change.RequestId,
            Source = change.Source,
            Record = new HistoryRecord(seen.EventName, WireFormat.Id(change.RecordId)),
            Changes = MemberChange.Of(seen, field),
        };
    }
}

/// <summary>Who made a change.</summary>
/// <param name="Id">The ID of the user whose API key was used.</param>
/// <param name="Name" example="Ada Lovelace">The user's name.</param>
/// <param name="Email" example="ada@example.com">The user's email address.</param>
public sealed record HistoryActor(string Id, string? Name, string? Email);

/// <summary>A record that was changed.</summary>
/// <param name="Type" example="account">The kind of record: the first part of the types of its events.</param>
/// <param name="Id">The record's ID.</param>
public sealed record HistoryRecord(string Type, string Id);
