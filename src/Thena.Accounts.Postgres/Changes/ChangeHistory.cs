using System.Globalization;
using Npgsql;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Postgres.Changes;

/// <summary>Reads the changes of records.</summary>
public sealed class ChangeHistory(DatabaseConnections connections)
{
    private const string All = "changes c where c.organization_id = $1";

    /// <summary>The size of the JSON after which a portion ends.</summary>
    private const int MaxBytes = 2 * 1_024 * 1_024;

    /// <summary>Reads the changes of a record, newest first, or the first of them if they are large.</summary>
    /// <param name="organizationId">The organization.</param>
    /// <param name="query">Which changes.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <returns>The changes, and the query for the rest if there is one.</returns>
    public Task<(IReadOnlyList<FeedChange> Changes, HistoryQuery? Next)> ReadAsync(
        Ulid organizationId, HistoryQuery query, CancellationToken cancellationToken) =>
        connections.RunAsync<(IReadOnlyList<FeedChange> Changes, HistoryQuery? Next)>(
            async connection =>
            {
                await using var batch = connection.CreateBatch();
                batch.BatchCommands.Add(Statement(organizationId, query));
                await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
                var (changes, isCut) = await ChangeStatements.ReadAsync(reader, query.Limit, MaxBytes, cancellationToken);
                return (changes, isCut ? query.After(changes) : null);
            },
            cancellationToken);

    /// <summary>Reads a change, if the viewer may see it.</summary>
    public async Task<FeedChange?> FindAsync(Ulid organizationId, Ulid id, Ulid viewerId, CancellationToken cancellationToken)
    {
        var found = await connections.ReadAsync(
            settings: null,
            () =>
            {
                var statement = new ChangeStatements(organizationId);
                return statement.Where($"c.id = {statement.Parameter(id)}").VisibleTo(viewerId)
                    .Create("0::bigint", All, end: "");
            },
            ChangeStatements.Read,
            cancellationToken);
        return found is [var change] ? change : null;
    }

    /// <summary>Reads changes, whoever may see them.</summary>
    public Task<IReadOnlyList<FeedChange>> FindAllAsync(
        Ulid organizationId, IReadOnlyList<Ulid> ids, CancellationToken cancellationToken) => connections.ReadAsync(
        settings: null,
        () =>
        {
            var statement = new ChangeStatements(organizationId);
            return statement.Where($"c.id = any({statement.Parameter(ids)})")
                .Create("0::bigint", "changes c where c.organization_id = $1", end: "");
        },
        ChangeStatements.Read,
        cancellationToken);

    /// <summary>Reads the changes of a record around a moment: the last one until then, and the first one after it.</summary>
    /// <param name="organizationId">The organization.</param>
    /// <param name="query">The record, and who reads.</param>
    /// <param name="at">The moment.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public async Task<(FeedChange? Last, FeedChange? Next)> FindAsync(
        Ulid organizationId, HistoryQuery query, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var next = IdGenerator.First(at.AddMilliseconds(1));
        var until = await connections.ReadAsync(
            settings: null, () => Around("<", "desc"), ChangeStatements.Read, cancellationToken);
        var after = await connections.ReadAsync(
            settings: null, () => Around(">=", "asc"), ChangeStatements.Read, cancellationToken);
        return (until is [var last] ? last : null, after is [var first] ? first : null);

        NpgsqlBatchCommand Around(string comparison, string direction)
        {
            var statement = Of(organizationId, query);
            return statement.Where($"c.id {comparison} {statement.Parameter(next)}")
                .Create("0::bigint", All, $"order by c.version {direction} limit 1");
        }
    }

    private static ChangeStatements Of(Ulid organizationId, HistoryQuery query)
    {
        var statement = new ChangeStatements(organizationId);
        var (record, type) = (statement.Parameter(query.RecordId), statement.Parameter($"{query.EventName}:%"));
        statement.Where($"(c.type like {type} or c.record_id <> {record})");
        return query.IncludesRelated ? statement.OfAccount(query.RecordId) : statement.Where($"c.record_id = {record}");
    }

    private static NpgsqlBatchCommand Statement(Ulid organizationId, HistoryQuery query)
    {
        var statement = Of(organizationId, query).VisibleTo(query.ViewerId);
        if (query.Field is { } field)
        {
            statement.Touching([field]);
        }

        if (query.ActorId is { } actor)
        {
            statement.Where($"c.actor_id = {statement.Parameter(actor)}");
        }

        if (query.Since is { } since)
        {
            statement.Where($"c.id >= {statement.Parameter(IdGenerator.First(since))}");
        }

        if (query.Until is { } until)
        {
            statement.Where($"c.id < {statement.Parameter(IdGenerator.First(until))}");
        }

        var order = query.IncludesRelated ? "c.id" : "c.version";
        if (query.OlderThan is { } last)
        {
            statement.Where($"{order} < {statement.Parameter(query.IncludesRelated ? last.Id : last.Version)}");
        }

        return statement.Create(
            "0::bigint",
            All,
            string.Create(CultureInfo.InvariantCulture, $"order by {order} desc limit {query.Limit} offset {query.Skip}"));
    }
}
