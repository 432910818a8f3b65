using System.Buffers.Binary;
using Microsoft.Extensions.Options;
using Thena.Accounts.Core.Webhooks;
using Thena.Accounts.Postgres.Connections;

namespace Thena.Accounts.Core.Deliveries;

/// <summary>
/// Removes deliveries that are too old, in small portions: those that have ended, and those of webhooks that are no longer active. Any
/// number of servers can do so at once.
/// </summary>
public sealed class WebhookDeliveryCleaner(
    WebhookOrganizations organizations, DatabaseConnections connections, IOptions<WebhookOptions> options, TimeProvider time)
    : IOldRowCleaner
{
    private const int PortionSize = 500;

    /// <inheritdoc/>
    public static string Table => "webhook_deliveries";

    /// <inheritdoc/>
    public static TimeSpan Interval => TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        foreach (var organization in await organizations.ListAsync(cancellationToken))
        {
            int removed;
            do
            {
                removed = await RemoveAsync(organization, cancellationToken);
                total += removed;
            }
            while (removed == PortionSize);
        }

        return total;
    }

    private async Task<int> RemoveAsync(Ulid organizationId, CancellationToken cancellationToken) => (await connections.ReadAsync(
        $"""
        with expired as (
            select r.id from webhook_deliveries r
            where r.organization_id = {organizationId} and r.id < {FirstKeptId()}
                and (r.status <> 'pending' or not exists (
                    select from webhooks w
                    where w.organization_id = {organizationId} and w.id = r.webhook_id and w.is_active and w.deleted_at is null))
            order by r.id
            limit {PortionSize}
            for update skip locked
        )
        delete from webhook_deliveries using expired
        where webhook_deliveries.organization_id = {organizationId} and webhook_deliveries.id = expired.id
        returning true
        """,
        row => row.GetBoolean(0),
        cancellationToken)).Count;

    /// <summary>The IDs of deliveries begin with the time at which they were made.</summary>
    private Ulid FirstKeptId()
    {
        Span<byte> bytes = stackalloc byte[16];
        var kept = time.GetUtcNow().AddDays(-options.Value.DeliveryRetentionDays);
        BinaryPrimitives.WriteUInt128BigEndian(bytes, (UInt128)(ulong)kept.ToUnixTimeMilliseconds() << 80);
        return new Ulid(bytes);
    }
}
