using Microsoft.Extensions.Options;
using Thena.Accounts.Postgres.Connections;

namespace Thena.Accounts.Postgres.Idempotency;

/// <summary>
/// Removes stored responses that are too old, in small portions. Any number of servers can do so at once: each skips the rows that another
/// one is removing.
/// </summary>
public sealed class IdempotentRequestCleaner(DatabaseConnections connections, IOptions<IdempotencyOptions> options) : IOldRowCleaner
{
    private const int PortionSize = 500;

    /// <inheritdoc/>
    public static string Table => "idempotent_requests";

    /// <inheritdoc/>
    public static TimeSpan Interval => TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        while (await FindPortionAsync(cancellationToken) is { Count: > 0 } portion)
        {
            var removed = 0;
            foreach (var organization in portion.GroupBy(response => response.OrganizationId))
            {
                removed += await RemoveAsync(organization.Key, [.. organization], cancellationToken);
            }

            total += removed;
            if (removed == 0)
            {
                // Other servers are removing them.
                break;
            }
        }

        return total;
    }

    /// <summary>Finds some of the responses. On distributed tables, this is the step that asks all nodes.</summary>
    private Task<IReadOnlyList<(Guid OrganizationId, Guid UserId, string Key)>> FindPortionAsync(CancellationToken cancellationToken) =>
        connections.ReadAsync(
            $"""
            select organization_id, user_id, key from idempotent_requests
            where created_at < now() - make_interval(hours => {options.Value.RetentionHours})
            order by created_at
            limit {PortionSize}
            """,
            row => (row.GetGuid(0), row.GetGuid(1), row.GetString(2)),
            cancellationToken);

    /// <summary>Removes responses, except those whose key another request has used again in the meantime.</summary>
    /// <returns>The number of removed responses.</returns>
    private async Task<int> RemoveAsync(
        Guid organizationId, (Guid OrganizationId, Guid UserId, string Key)[] responses, CancellationToken cancellationToken)
    {
        var users = Array.ConvertAll(responses, response => response.UserId);
        var keys = Array.ConvertAll(responses, response => response.Key);
        var removed = await connections.ReadAsync(
            $"""
            with expired as (
                select user_id, key from idempotent_requests
                where organization_id = {organizationId} and (user_id, key) in (select * from unnest({users}, {keys}))
                    and created_at < now() - make_interval(hours => {options.Value.RetentionHours})
                for update skip locked
            )
            delete from idempotent_requests using expired
            where idempotent_requests.organization_id = {organizationId}
                and idempotent_requests.user_id = expired.user_id
                and idempotent_requests.key = expired.key
            returning true
            """,
            row => row.GetBoolean(0),
            cancellationToken);
        return removed.Count;
    }
}
