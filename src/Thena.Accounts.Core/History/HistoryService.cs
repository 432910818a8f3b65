using System.Runtime.CompilerServices;
using System.Text.Json;
using Thena.Accounts.Core.Events;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Kinds;
using Thena.Accounts.Postgres.Changes;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Core.History;

/// <summary>Reads the history of records (extension: changes). It outlives their deletion.</summary>
public sealed class HistoryService(ChangeHistory history, Records records, CurrentOrganization organization)
{
    /// <summary>Lists the changes of a record, newest first.</summary>
    /// <param name="kind">The name of the kind of record.</param>
    /// <param name="id">The ID of the record.</param>
    /// <param name="query">Which changes.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public async Task<Result<RecordList<HistoryEntryResponse>>> ListAsync(
        string kind, Ulid id, ListHistoryQuery query, CancellationToken cancellationToken)
    {
        var limit = (int)(query.Limit ?? ListHistoryQuery.DefaultLimit);
        var skip = (decimal)((query.Page ?? 1) - 1) * limit;
        var (changes, rest) = skip > int.MaxValue ? ([], null) : await history.ReadAsync(
            organization.Id,
            All(kind, id) with
            {
                IncludesRelated = query is ListAccountHistoryQuery { Related: true },
                Field = query.Field is { Length: > 0 } field ? field : null,
                ActorId = query.ActorId is null ? null : WireFormat.IdOrNone(query.ActorId),
                Since = query.Since,
                Until = query.Until,
                Skip = (long)skip,
                Limit = limit,
            },
            cancellationToken);
        if (changes.Count == 0 && !await WasThereAsync(kind, id, cancellationToken))
        {
            return RecordKinds.Get(kind).NotFound;
        }

        return rest is null
            ? new RecordList<HistoryEntryResponse>(await ToEntriesAsync(changes, query.Field, cancellationToken))
            : new RecordList<HistoryEntryResponse>(null, ReadAllAsync(changes, rest, query.Field, cancellationToken));
    }

    /// <summary>Returns a record as it was at a time, or as it is now.</summary>
    /// <typeparam name="TResponse">The response that shows such a record.</typeparam>
    /// <param name="kind">The name of the kind of record.</param>
    /// <param name="id">The ID of the record.</param>
    /// <param name="at">The time, if one is given.</param>
    /// <param name="getNow">Returns the record as it is now.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public Task<Result<TResponse>> GetAsync<TResponse>(
        string kind, Ulid id, DateTimeOffset? at, Func<Task<Result<TResponse>>> getNow, CancellationToken cancellationToken) =>
        at is { } time ? GetAtAsync(kind, id, time, getNow, cancellationToken) : getNow();

    /// <summary>Returns the entries one portion after the other, each read when it is asked for.</summary>
    private async IAsyncEnumerable<IReadOnlyList<HistoryEntryResponse>> ReadAllAsync(
        IReadOnlyList<FeedChange> changes,
        HistoryQuery? rest,
        string? field,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await ToEntriesAsync(changes, field, cancellationToken);
        while (rest is not null)
        {
            (changes, rest) = await history.ReadAsync(organization.Id, rest, cancellationToken);
            yield return await ToEntriesAsync(changes, field, cancellationToken);
        }
    }

    private Task<IReadOnlyList<HistoryEntryResponse>> ToEntriesAsync(
        IReadOnlyList<FeedChange> changes, string? field, CancellationToken cancellationToken) =>
        records.NameAsync<IReadOnlyList<HistoryEntryResponse>>(
            references => [.. changes.Select(change => HistoryEntryResponse.From(See(change), field, references))],
            cancellationToken);

    private async Task<Result<TResponse>> GetAtAsync<TResponse>(
        string kind, Ulid id, DateTimeOffset at, Func<Task<Result<TResponse>>> getNow, CancellationToken cancellationToken)
    {
        var (last, next) = await history.FindAsync(organization.Id, All(kind, id), at, cancellationToken);
        var json = last is not null ? See(last).After
            : next is null || at < id.Time || next.Type.EndsWith(":created", StringComparison.Ordinal) ? null
            : See(next).WholeBefore;
        if (json is { } record)
        {
            return JsonSerializer.Deserialize<TResponse>(record.Span, WireJson.Options)!;
        }

        // A record without changes is older than what is kept of its history, and has not been changed since.
        return last is null && next is null && at >= id.Time ? await getNow() : RecordKinds.Get(kind).NotFound;
    }

    /// <summary>Whether the caller may see the record, or a change of it.</summary>
    private async Task<bool> WasThereAsync(string kind, Ulid id, CancellationToken cancellationToken) =>
        await RecordKinds.Get(kind).IsVisibleAsync(records, id, organization.Caller.UserId, cancellationToken)
        || (await history.ReadAsync(organization.Id, All(kind, id), cancellationToken)).Changes.Count > 0;

    private HistoryQuery All(string kind, Ulid id) =>
        new(id, RecordKinds.Get(kind).EventName, organization.Caller.UserId, Skip: 0, Limit: 1);

    private SeenChange See(FeedChange change) => new(change, organization.Caller.UserId);
}
