using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Npgsql;
using Thena.Accounts.Postgres.Connections;

namespace Thena.Accounts.Postgres.Idempotency;

/// <summary>Settings of requests with an <c>Idempotency-Key</c>.</summary>
public sealed class IdempotencyOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Idempotency";

    /// <summary>The hours for which a response is kept.</summary>
    [Range(1, 24 * 366)]
    public int RetentionHours { get; set; } = 24;
}

/// <summary>
/// Removes stored responses that are too old, in small portions. Any number of servers can do so at once: each skips the rows that another
/// one is removing.
/// </summary>
public sealed class IdempotentRequestCleaner(DatabaseConnections connections, IOptions<IdempotencyOptions> options)
{
    private const int PortionSize = 500;

    /// <summary>Removes all responses that are too old.</summary>
    /// <returns>The number of removed responses.</returns>
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
    private Task<List<(Guid OrganizationId, Guid UserId, string Key)>> FindPortionAsync(CancellationToken cancellationToken) =>
        connections.RunAsync(organizationId: null, connection => FindPortionAsync(connection, cancellationToken), cancellationToken);

    private async Task<List<(Guid OrganizationId, Guid UserId, string Key)>> FindPortionAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select organization_id, user_id, key from idempotent_requests
            where created_at < now() - make_interval(hours => $1)
            order by created_at
            limit $2
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = options.Value.RetentionHours });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = PortionSize });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<(Guid, Guid, string)> portion = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            portion.Add((reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2)));
        }

        return portion;
    }

    /// <summary>Removes responses, except those whose key another request has used again in the meantime.</summary>
    private Task<int> RemoveAsync(
        Guid organizationId, (Guid OrganizationId, Guid UserId, string Key)[] responses, CancellationToken cancellationToken) =>
        connections.RunAsync(
            organizationId: null,
            connection => RemoveAsync(connection, organizationId, responses, cancellationToken),
            cancellationToken);

    private async Task<int> RemoveAsync(
        NpgsqlConnection connection,
        Guid organizationId,
        (Guid OrganizationId, Guid UserId, string Key)[] responses,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            with expired as (
                select user_id, key from idempotent_requests
                where organization_id = $1 and (user_id, key) in (select * from unnest($2, $3))
                    and created_at < now() - make_interval(hours => $4)
                for update skip locked
            )
            delete from idempotent_requests using expired
            where idempotent_requests.organization_id = $1
                and idempotent_requests.user_id = expired.user_id
                and idempotent_requests.key = expired.key
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = organizationId });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = Array.ConvertAll(responses, response => response.UserId) });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = Array.ConvertAll(responses, response => response.Key) });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = options.Value.RetentionHours });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
