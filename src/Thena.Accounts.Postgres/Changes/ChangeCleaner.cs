using Microsoft.Extensions.Options;
using Npgsql;
using Thena.Accounts.Postgres.Connections;

namespace Thena.Accounts.Postgres.Changes;

/// <summary>
/// Numbers changes that nobody has read, and removes what is too old, in portions. Any number of servers can do so at once.
/// </summary>
public sealed class ChangeCleaner(DatabaseConnections connections, ChangeFeed feed, IOptions<ChangeOptions> options, TimeProvider time)
{
    private const int PortionSize = 1_000;

    /// <summary>The age of the oldest change that had no number when all organizations were last looked at.</summary>
    public TimeSpan OldestUnnumbered { get; private set; }

    /// <summary>Looks at all organizations, one after the other.</summary>
    /// <returns>The number of changes that were removed from the history.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var (oldest, removed) = (TimeSpan.Zero, 0);
        var organizations = await connections.ReadAsync(
            $"select id from organizations", row => new Ulid(row.GetGuid(0)), cancellationToken);
        foreach (var organization in organizations)
        {
            var age = await FindAgeAsync(organization, cancellationToken);
            oldest = age > oldest ? age : oldest;
            if (age > TimeSpan.Zero)
            {
                await feed.NumberAsync(organization, cancellationToken);
            }

            while (await TrimFeedAsync(organization, cancellationToken))
            {
            }

            int portion;
            do
            {
                portion = await TrimHistoryAsync(organization, cancellationToken);
                removed += portion;
            }
            while (portion == PortionSize);
        }

        OldestUnnumbered = oldest;
        return removed;
    }

    private async Task<TimeSpan> FindAgeAsync(Ulid organization, CancellationToken cancellationToken)
    {
        var oldest = await connections.ReadAsync(
            $"""
            select c.occurred_at from change_queue q join changes c on c.organization_id = {organization} and c.id = q.change_id
            where q.organization_id = {organization} order by q.change_id limit 1
            """,
            row => row.GetFieldValue<DateTimeOffset>(0),
            cancellationToken);
        return oldest is [var at] && time.GetUtcNow() is var now && now > at ? now - at : TimeSpan.Zero;
    }

    /// <returns>Whether there may be more to remove.</returns>
    private async Task<bool> TrimFeedAsync(Ulid organization, CancellationToken cancellationToken)
    {
        var limit = time.GetUtcNow().AddDays(-options.Value.FeedRetentionDays);
        var first = await connections.ReadAsync(
            $"""
            select f.sequence, coalesce(c.occurred_at < {limit}, true)
            from change_feed f left join changes c on c.organization_id = {organization} and c.id = f.change_id
            where f.organization_id = {organization} order by f.sequence limit {PortionSize}
            """,
            row => (Sequence: row.GetInt64(0), IsOld: row.GetBoolean(1)),
            cancellationToken);
        var old = first.TakeWhile(entry => entry.IsOld).ToList();
        if (old.Count == 0)
        {
            return false;
        }

        var last = old[^1].Sequence;
        await connections.RunAsync(
            async connection =>
            {
                // The head first, so that no reader takes the gap for events that do not exist.
                var statements = new Statements();
                statements.Add(new NpgsqlBatchCommand("begin isolation level read committed"));
                statements.Add(Parameters.Command(
                    $"""
                    update change_heads set removed_sequence = greatest(removed_sequence, {last}) where organization_id = {organization}
                    """));
                statements.Add(Parameters.Command(
                    $"delete from change_feed where organization_id = {organization} and sequence <= {last}"));
                statements.Add(new NpgsqlBatchCommand("commit"));
                await statements.SendAsync(connection, connection.CommandTimeout, cancellationToken);
                return true;
            },
            cancellationToken);
        return old.Count == PortionSize;
    }

    /// <returns>The number of removed changes.</returns>
    private async Task<int> TrimHistoryAsync(Ulid organization, CancellationToken cancellationToken)
    {
        var limit = time.GetUtcNow().AddDays(-options.Value.HistoryRetentionDays);
        var removed = await connections.ReadAsync(
            $"""
            delete from changes where organization_id = {organization} and id = any(array(
                select id from changes where organization_id = {organization} and occurred_at < {limit} limit {PortionSize}))
            returning id
            """,
            row => row.GetGuid(0),
            cancellationToken);
        return removed.Count;
    }
}
