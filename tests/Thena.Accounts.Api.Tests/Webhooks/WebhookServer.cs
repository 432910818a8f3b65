using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Deliveries;
using Thena.Accounts.Core.Webhooks;
using Thena.Accounts.Postgres.Changes;

namespace Thena.Accounts.Api.Tests.Webhooks;

/// <summary>The server with receivers on this machine. Names of hosts have the addresses that a test says.</summary>
public class WebhookServer(PostgresServer postgres) : AccountsServer(postgres)
{
    /// <summary>The addresses of hosts: the first look-up gets the first one, and so on. The last one stays.</summary>
    public ConcurrentDictionary<string, ConcurrentQueue<string>> Hosts { get; } = new();

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Webhooks:AllowedNetworks:0"] = "127.0.0.0/8",
        ["Webhooks:AllowHttp"] = "true",
        ["Webhooks:TimeoutSeconds"] = "2",
    };

    /// <summary>Lets pass the time until the next attempt of all deliveries of a webhook, and wakes those who deliver.</summary>
    public async Task PassAsync(string webhookId)
    {
        await this.ExecuteAsync(
            $"update webhook_deliveries set next_attempt_at = now() where webhook_id = '{IdOf(webhookId)}' and next_attempt_at is not null");
        var organization = await DatabaseContent.ReadValueAsync<Guid>(
            ConnectionString, $"select organization_id from webhooks where id = '{IdOf(webhookId)}'");
        Services.GetRequiredService<ChangeSignal>().Raise(new Ulid(organization));
    }

    /// <summary>Removes old deliveries.</summary>
    public async Task<int> CleanAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WebhookDeliveryCleaner>().RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Returns an ID as the database has it.</summary>
    public static Guid IdOf(string id) => Ulid.Parse(id, CultureInfo.InvariantCulture).ToGuid();

    protected override void Configure(IServiceCollection services) => services.AddSingleton<IHostResolver>(new Resolver(Hosts));

    private sealed class Resolver(ConcurrentDictionary<string, ConcurrentQueue<string>> hosts) : IHostResolver
    {
        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
        {
            if (!hosts.TryGetValue(host, out var addresses))
            {
                throw new SocketException((int)SocketError.HostNotFound);
            }

            var hasNext = addresses.Count > 1 && addresses.TryDequeue(out var next) ? next : addresses.First();
            return Task.FromResult<IPAddress[]>([IPAddress.Parse(hasNext)]);
        }
    }
}
