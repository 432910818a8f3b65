using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Thena.Accounts.Core.Persistence;

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
public sealed class IdempotentRequestCleaner(NpgsqlDataSource dataSource, IOptions<IdempotencyOptions> options)
{
    private const int PortionSize = 500;

    /// <summary>Removes all responses that are too old.</summary>
    /// <returns>The number of removed responses.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        for (var removed = PortionSize; removed == PortionSize; total += removed)
        {
            removed = await RemovePortionAsync(cancellationToken);
        }

        return total;
    }

    private async Task<int> RemovePortionAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            with expired as (
                select organization_id, user_id, key from idempotent_requests
                where created_at < now() - make_interval(hours => $1)
                order by created_at
                limit $2
                for update skip locked
            )
            delete from idempotent_requests using expired
            where idempotent_requests.organization_id = expired.organization_id
                and idempotent_requests.user_id = expired.user_id
                and idempotent_requests.key = expired.key
            """);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = options.Value.RetentionHours });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = PortionSize });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
