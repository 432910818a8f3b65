using Microsoft.AspNetCore.Mvc;
using Thena.Accounts.Api.Deadlines;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.OpenApi;
using Thena.Accounts.Core;
using Thena.Accounts.Core.Events;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.Events;

/// <summary>The feed of events.</summary>
[ApiController]
[Route("v1/accounts/events")]
[Section(
    "Events",
    110,
    Description = "All changes of records, as a feed in a fixed order. Each change appears once, and none is lost.")]
[Extension]
public sealed class EventsController(EventService events, IServiceProvider services, CurrentOrganization organization) : ControllerBase
{
    private static readonly Error TooManyReaders = new(
        ErrorKind.TooMany, $"A key can have {FeedReaders.MaxPerKey} open streams and waiting requests!")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    /// <summary>Read events</summary>
    /// <remarks>
    /// Returns the events after a cursor, oldest first, and the cursor for the next request. With <c>wait</c>, the response comes as soon
    /// as there is an event. With <c>Accept: text/event-stream</c>, the server keeps the connection open and sends Server-Sent Events. The
    /// <c>id</c> of each is its cursor: a client that connects again with <c>Last-Event-ID</c> continues after it. Private notes of other
    /// users are left out.
    /// </remarks>
    [HttpGet]
    [EndsWithClient]
    [ProducesJson<EventListResponse>(200), ProducesErrors(400, 410)]
    public async Task<ActionResult<EventListResponse>> ReadEvents([FromQuery] ListEventsQuery query, CancellationToken cancellationToken)
    {
        var streams = Request.GetTypedHeaders().Accept.Any(type => type.MediaType == EventStreamResult.ContentType);
        if (!streams && query.Wait is null or 0)
        {
            return (await events.ListAsync(query, cancellationToken)).ToOk();
        }

        var readers = services.GetRequiredService<FeedReaders>();
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        if (!streams)
        {
            using var waiting = readers.Enter(organization.Caller.KeyId);
            return waiting is null ? new ErrorResult(TooManyReaders) : (await events.ListAsync(query, cancellationToken, stopping)).ToOk();
        }

        var from = Request.Headers[EventStreamResult.LastEventId] is [{ Length: > 0 } last] ? query with { After = last } : query;
        if (!(await events.FollowAsync(from, cancellationToken, stopping)).TryGetValue(out var stream, out var error))
        {
            return new ErrorResult(error);
        }

        return readers.Enter(organization.Caller.KeyId) is { } reader
            ? new EventStreamResult(stream.Events, reader)
            : new ErrorResult(TooManyReaders);
    }

    /// <summary>Get an event</summary>
    /// <remarks>An event can be read by its ID for as long as the history is kept, which is longer than it stays in the feed.</remarks>
    [HttpGet("{eventId}")]
    [ProducesJson<EventResponse>(200), ProducesErrors(404)]
    public async Task<ActionResult<EventResponse>> GetEvent(string eventId, CancellationToken cancellationToken) =>
        (await events.GetAsync(eventId, cancellationToken)).ToOk();

    /// <summary>List the types of events</summary>
    /// <remarks>All types, each with a sentence that says when it happens.</remarks>
    [HttpGet("types")]
    [ProducesJson<IReadOnlyList<EventType>>(200)]
    public ActionResult<IReadOnlyList<EventType>> ListEventTypes() =>
        new OkObjectResult(EventTypes.All) { DeclaredType = typeof(IReadOnlyList<EventType>) };
}
