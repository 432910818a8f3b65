using System.Runtime.CompilerServices;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Postgres.Changes;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Core.Events;

/// <summary>Reads the events of the organization (extension: changes).</summary>
public sealed class EventService(
    ChangeFeed feed, ChangeHistory history, ChangeSignal signal, Records records, CurrentOrganization organization, TimeProvider time)
{
    /// <summary>The time after which a quiet stream says that it is still there.</summary>
    public static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private static readonly Error NotFound = Error.NotFound("Event not found!");
    private static readonly Error InvalidCursor = Error.Invalid("Invalid cursor!");

    /// <summary>Reads a part of the feed. If there is no event, waits for one as long as the query says.</summary>
    /// <param name="query">Which events.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <param name="stopping">Ends the wait, as its time does.</param>
    public async Task<Result<EventListResponse>> ListAsync(
        ListEventsQuery query, CancellationToken cancellationToken, CancellationToken stopping = default)
    {
        if (!Read(query).TryGetValue(out var request, out var error))
        {
            return error;
        }

        var deadline = time.GetUtcNow().AddSeconds(query.Wait ?? 0);
        while (true)
        {
            var next = signal.Next(organization.Id);
            if (!(await ReadPageAsync(request, FilterOf(query), cancellationToken)).TryGetValue(out var page, out var refusal))
            {
                return refusal;
            }

            var left = deadline - time.GetUtcNow();
            if (page.Events.Count > 0 || page.HasMore || left <= TimeSpan.Zero || stopping.IsCancellationRequested)
            {
                return new EventListResponse(
                    page.Events.ConvertAll(one => one.Event), FeedCursor.Write(organization.Id, page.Last), page.HasMore);
            }

            request = After(request, page.Last);
            await WaitAsync(next, left, cancellationToken, stopping);
        }
    }

    /// <summary>Follows the feed.</summary>
    /// <param name="query">Which events.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <param name="stopping">Ends the stream, which has no other end.</param>
    /// <returns>The stream; or what is wrong with the query, which is told before the stream begins.</returns>
    public async Task<Result<EventSequence>> FollowAsync(
        ListEventsQuery query, CancellationToken cancellationToken, CancellationToken stopping)
    {
        if (!Read(query).TryGetValue(out var request, out var error))
        {
            return error;
        }

        var first = await ReadPageAsync(request with { Limit = 1 }, FilterOf(query), cancellationToken);
        return first.TryGetValue(out var page, out var refusal)
            ? new EventSequence(
                FollowAsync(request.StartsAtEnd ? After(request, page.Last) : request, FilterOf(query), stopping, CancellationToken.None))
            : refusal;
    }

    private async IAsyncEnumerable<StreamedEvent?> FollowAsync(
        FeedQuery request, EventFilter filter, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var quietSince = time.GetUtcNow();
        while (!stopping.IsCancellationRequested)
        {
            var next = signal.Next(organization.Id);
            if (!(await ReadPageAsync(request, filter, cancellationToken)).TryGetValue(out var page, out _))
            {
                // The client has been so slow that its position is no longer kept. It learns that when it connects again.
                yield break;
            }

            foreach (var one in page.Events)
            {
                yield return new StreamedEvent(one.Event, FeedCursor.Write(organization.Id, one.Last));
                quietSince = time.GetUtcNow();
            }

            request = After(request, page.Last);
            if (!page.HasMore)
            {
                await WaitAsync(next, LookInterval, cancellationToken, stopping);
            }

            if (time.GetUtcNow() - quietSince >= QuietTime)
            {
                yield return null;
                quietSince = time.GetUtcNow();
            }
        }
    }

    /// <summary>Waits for a commit in this process, or for a while: what other servers commit is found by looking.</summary>
    private async Task WaitAsync(Task next, TimeSpan left, CancellationToken cancellationToken, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        await Task.WhenAny(next, Task.Delay(left < LookInterval ? left : LookInterval, time, ending.Token));
        await ending.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Returns the position after all events that there are.</summary>
    public async Task<string> GetLatestCursorAsync(CancellationToken cancellationToken)
    {
        var end = await feed.ReadAsync(organization.Id, new FeedQuery(After: null, Limit: 1) { StartsAtEnd = true }, cancellationToken);
        return FeedCursor.Write(organization.Id, end.Next);
    }

    /// <summary>Gets an event.</summary>
    public async Task<Result<EventResponse>> GetAsync(string eventId, CancellationToken cancellationToken)
    {
        var separator = eventId.IndexOf('-', StringComparison.Ordinal);
        var suffix = separator < 0 ? null : eventId[(separator + 1)..];
        if (!WireFormat.TryParseId(separator < 0 ? eventId : eventId[..separator], out var id)
            || await history.FindAsync(organization.Id, id, organization.Caller.UserId, cancellationToken) is not { } change)
        {
            return NotFound;
        }

        var seen = new SeenChange(change, organization.Caller.UserId);
        var type = suffix is null
            ? EventTypes.Find(seen.Type)
            : EventTypes.All.FirstOrDefault(type => type.Detail is { } detail
                && detail.Suffix == suffix && detail.ChangeType == seen.Type && detail.IsIn(change));
        return type is null
            ? NotFound
            : await records.NameAsync(references => EventResponse.From(seen, type, organization.Id, references), cancellationToken);
    }

    private async Task<Result<EventPage>> ReadPageAsync(FeedQuery request, EventFilter filter, CancellationToken cancellationToken)
    {
        var page = await feed.ReadAsync(organization.Id, request, cancellationToken);
        if (request.After < page.Removed)
        {
            return new Error(ErrorKind.Gone, "The cursor is older than the retained events!")
            {
                OldestCursor = FeedCursor.Write(organization.Id, page.Removed),
            };
        }

        if (request.After > page.Next)
        {
            return InvalidCursor;
        }

        List<(SeenChange Seen, EventType Type)> events = [];
        var (last, hasMore) = (page.Next, page.HasMore);
        foreach (var change in page.Changes)
        {
            if (events.Count >= request.Limit)
            {
                (last, hasMore) = (change.Sequence - 1, true);
                break;
            }

            var seen = new SeenChange(change, organization.Caller.UserId);
            events.AddRange(filter.TypesOf(seen).Select(type => (seen, type)));
        }

        var responses = await records.NameAsync(
            references => events.ConvertAll(one => EventResponse.From(one.Seen, one.Type, organization.Id, references)), cancellationToken);
        List<(EventResponse Event, long Last)> listed = [];
        for (var index = 0; index < responses.Count; index++)
        {
            // A change can make several events. Only after the last of them has all of the change been read.
            var sequence = events[index].Seen.Change.Sequence;
            var isLast = index + 1 == events.Count || events[index + 1].Seen.Change.Sequence > sequence;
            listed.Add((responses[index], isLast ? sequence : sequence - 1));
        }

        return new EventPage(listed, last, hasMore);
    }

    private static FeedQuery After(FeedQuery query, long sequence) => query with { After = sequence, StartsAtEnd = false };

    private Result<FeedQuery> Read(ListEventsQuery query)
    {
        var isLatest = query.After == FeedCursor.Latest;
        long? after = null;
        if (query.After is not null && !isLatest)
        {
            after = FeedCursor.Read(query.After, organization.Id);
            if (after is null)
            {
                return InvalidCursor;
            }
        }

        return new FeedQuery(after, (int)(query.Limit ?? ListEventsQuery.DefaultLimit))
        {
            StartsAtEnd = isLatest,
            Types = query.Types is null ? null : FilterOf(query).StoredTypes,
            AccountId = query.AccountId is null ? null : WireFormat.IdOrNone(query.AccountId),
            Changed = ListEventsQuery.Split(query.Changed),
            ExcludedKey = query.ExcludeOwn == true ? organization.Caller.KeyId : null,
            ViewerId = organization.Caller.UserId,
        };
    }

    private static EventFilter FilterOf(ListEventsQuery query) =>
        query.Types is null ? EventFilter.Everything : EventFilter.Parse(ListEventsQuery.Split(query.Types))!;

    /// <summary>Events, each with the number up to which the feed has been read with it.</summary>
    private sealed record EventPage(List<(EventResponse Event, long Last)> Events, long Last, bool HasMore);
}
