using System.Globalization;
using Npgsql;
using Thena.Accounts.Postgres.Connections;

namespace Thena.Accounts.Postgres.Changes;

/// <summary>
/// The changes of an organization in the order in which they have been committed. Writers only queue them; whoever reads gives numbers to
/// what has been committed meanwhile (ADR 23). So a number never moves, what is committed later has the greater one, and there are no gaps.
/// </summary>
public sealed class ChangeFeed(DatabaseConnections connections)
{
    private const int MaxNumbered = 5_000;

    /// <summary>The number of changes among which one request looks for those that match.</summary>
    private const int MaxScanned = 20_000;

    /// <summary>The size of the JSON after which a page ends.</summary>
    private const int MaxBytes = 8 * 1_024 * 1_024;

    /// <summary>Gives numbers to all changes that have been committed.</summary>
    public async Task NumberAsync(Ulid organizationId, CancellationToken cancellationToken)
    {
        while (await connections.RunAsync(
            connection => NumberAsync(connection, organizationId, cancellationToken), cancellationToken) == MaxNumbered)
        {
        }
    }

    /// <summary>Reads a part of the feed, with all that has been committed.</summary>
    public async Task<FeedPage> ReadAsync(Ulid organizationId, FeedQuery query, CancellationToken cancellationToken)
    {
        var ends = await connections.RunAsync(
            connection => ReadEndsAsync(connection, organizationId, cancellationToken), cancellationToken);
        if (ends.HasQueued)
        {
            await NumberAsync(organizationId, cancellationToken);
            ends = await connections.RunAsync(
                connection => ReadEndsAsync(connection, organizationId, cancellationToken), cancellationToken);
        }

        var after = query.StartsAtEnd ? ends.Last : query.After ?? ends.Removed;
        if (after < ends.Removed || after >= ends.Last)
        {
            return new FeedPage([], Math.Min(after, ends.Last), HasMore: false, ends.Removed);
        }

        var last = Math.Min(after + MaxScanned, ends.Last);
        return await connections.RunAsync(
            async connection =>
            {
                await using var batch = connection.CreateBatch();
                batch.BatchCommands.Add(Statement(organizationId, query, after, last));

                // What follows the position may have been removed meanwhile. In a statement after the other, so that it knows.
                batch.BatchCommands.Add(Parameters.Command(
                    $"select removed_sequence from change_heads where organization_id = {organizationId}"));
                await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
                var (changes, isCut) = await ChangeStatements.ReadAsync(reader, query.Limit, MaxBytes, cancellationToken);
                await reader.NextResultAsync(cancellationToken);
                await reader.ReadAsync(cancellationToken);
                return new FeedPage(
                    changes, isCut ? changes[^1].Sequence : last, isCut || last < ends.Last, reader.GetInt64(0));
            },
            cancellationToken);
    }

    private static NpgsqlBatchCommand Statement(Ulid organizationId, FeedQuery query, long after, long last)
    {
        var statement = new ChangeStatements(organizationId);
        statement.Where($"f.sequence > {statement.Parameter(after)} and f.sequence <= {statement.Parameter(last)}");
        if (query.ViewerId is { } viewer)
        {
            statement.VisibleTo(viewer);
        }

        if (query.Types is { } types)
        {
            statement.Where($"c.type = any({statement.Parameter(types)})");
        }

        if (query.AccountId is { } account)
        {
            statement.OfAccount(account);
        }

        if (query.Changed.Count > 0)
        {
            statement.Touching(query.Changed);
        }

        if (query.ExcludedKey is { } key)
        {
            statement.Where($"c.api_key_id is distinct from {statement.Parameter(key)}");
        }

        return statement.Create(
            "f.sequence",
            "change_feed f join changes c on c.organization_id = $1 and c.id = f.change_id where f.organization_id = $1",
            string.Create(CultureInfo.InvariantCulture, $"order by f.sequence limit {query.Limit + 1}"));
    }

    private static async Task<(long Last, long Removed, bool HasQueued)> ReadEndsAsync(
        NpgsqlConnection connection, Ulid organizationId, CancellationToken cancellationToken)
    {
        var statements = new Statements();
        var queued = statements.Read(
            Parameters.Command($"select exists (select from change_queue where organization_id = {organizationId})"),
            row => row.GetBoolean(0));
        var ends = statements.Read(
            Parameters.Command($"select last_sequence, removed_sequence from change_heads where organization_id = {organizationId}"),
            row => (Last: row.GetInt64(0), Removed: row.GetInt64(1)));
        await statements.SendAsync(connection, connection.CommandTimeout, cancellationToken);
        return ends is [var (last, removed)] ? (last, removed, queued[0]) : (0, 0, queued[0]);
    }

    /// <returns>The number of changes that got a number.</returns>
    private static async Task<int> NumberAsync(NpgsqlConnection connection, Ulid organizationId, CancellationToken cancellationToken)
    {
        var statements = new Statements();
        statements.Add(new NpgsqlBatchCommand("begin isolation level read committed"));
        statements.Add(Parameters.Command(
            $"""
            insert into change_heads (organization_id, last_sequence, removed_sequence) values ({organizationId}, 0, 0)
            on conflict do nothing
            """));
        var last = statements.Read(
            Parameters.Command(
                $"select last_sequence from change_heads where organization_id = {organizationId} for no key update"),
            row => row.GetInt64(0));

        // In a statement after the lock, so that it sees all that was committed while this one waited.
        var queued = statements.Read(
            Parameters.Command(
                $"select change_id from change_queue where organization_id = {organizationId} order by change_id limit {MaxNumbered}"),
            row => row.GetGuid(0));
        await statements.SendAsync(connection, connection.CommandTimeout, cancellationToken);

        Guid[] ids = [.. queued];
        var ending = new Statements();
        if (ids.Length > 0)
        {
            ending.Add(Parameters.Command(
                $"""
                insert into change_feed (organization_id, sequence, change_id)
                select {organizationId}, {last[0]} + u.number, u.id from unnest({ids}) with ordinality as u (id, number)
                """));
            ending.Add(Parameters.Command(
                $"delete from change_queue where organization_id = {organizationId} and change_id = any({ids})"));
            ending.Add(Parameters.Command(
                $"update change_heads set last_sequence = {last[0] + ids.Length} where organization_id = {organizationId}"));
        }

        ending.Add(new NpgsqlBatchCommand("commit"));
        await ending.SendAsync(connection, connection.CommandTimeout, cancellationToken);
        return ids.Length;
    }
}
