using Thena.Accounts.Api.Tests.Hosting;

namespace Thena.Accounts.Api.Tests.Intake;

/// <summary>Clients that leave while the server receives their body.</summary>
public sealed class LeavingClientTests(LogTests.LoggingServer server) : IClassFixture<LogTests.LoggingServer>
{
    private const int Clients = 20;

    [Theory]
    [InlineData("/v1/accounts", "application/json")]
    [InlineData("/v1/accounts/import", "text/csv")]
    public async Task UnfinishedBody_WhoseClientResetsTheConnection_LeavesOneLineAndNoError(string path, string contentType)
    {
        var tenant = await server.CreateTenantAsync();
        var head = $"POST {path} HTTP/1.1\r\nHost: {server.Address.Authority}\r\nx-api-key: {tenant.Key.Key}\r\n"
            + $"Content-Type: {contentType}\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n";

        for (var client = 0; client < Clients; client++)
        {
            using var connection = await RawConnection.SendAsync(server, head);
            Assert.StartsWith("HTTP/1.1 100 ", await connection.ReadHeadersAsync(), StringComparison.Ordinal);
            connection.Reset();
            while (LinesOf(tenant) <= client)
            {
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }
        }

        Assert.Equal(Clients, LinesOf(tenant));
        Assert.DoesNotContain(server.Log, line => line.Contains("\"@l\"", StringComparison.Ordinal));
    }

    private int LinesOf(Tenant tenant) =>
        server.Log.Count(line => line.Contains(" 499 in ", StringComparison.Ordinal)
            && line.Contains(tenant.OrganizationId, StringComparison.Ordinal));
}
