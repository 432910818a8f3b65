using Thena.Accounts.Postgres.Connections;

namespace Thena.Accounts.Core.Deliveries;

/// <summary>Finds the organizations whose changes may have to be delivered.</summary>
/// <param name="services">Gives the connections. The server is built before it knows its database.</param>
public sealed class WebhookOrganizations(IServiceProvider services)
{
    /// <summary>Lists the organizations that have, or have had, a webhook.</summary>
    public Task<IReadOnlyList<Ulid>> ListAsync(CancellationToken cancellationToken) =>
        ((DatabaseConnections)services.GetService(typeof(DatabaseConnections))!).ReadAsync(
            $"select id from organizations where has_webhooks", row => new Ulid(row.GetGuid(0)), cancellationToken);
}
