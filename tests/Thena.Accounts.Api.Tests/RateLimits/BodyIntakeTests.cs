using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Thena.Accounts.Api.Tests.RateLimits;

/// <summary>What bodies can occupy while they are received.</summary>
public sealed class BodyIntakeTests(BodyIntakeTests.SmallServer server) : IClassFixture<BodyIntakeTests.SmallServer>
{
    private const string Import = "/v1/accounts/import";

    public static TheoryData<string, string, int> Bodies => new()
    {
        { "/v1/accounts", "application/json", 10 },
        { Import, "text/csv", 100 },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task UnfinishedBodies_ThatFillTheRoom_KeepOutTheirKeyAndThenTheServer(string path, string contentType, int megabytes)
    {
        var (first, second, other) = (
            await server.CreateTenantAsync(), await server.CreateTenantAsync(), await server.CreateTenantAsync());
        using (await SendUnfinishedAsync(first, path, contentType, megabytes))
        {
            var refused = (await PostAsync(first)).ExpectError(429, "Too many requests!");
            Assert.Equal("2", refused.Headers["Retry-After"]);
            Assert.Contains((int)(await PostAsync(other)).Status, (int[])[200, 201]);
            using (await SendUnfinishedAsync(second, path, contentType, megabytes))
            {
                refused = (await PostAsync(other)).ExpectError(503, "This service/resource is currently unavailable.");
                Assert.Equal("2", refused.Headers["Retry-After"]);
                (await other.Client.Get("/v1/accounts")).Expect(200);
            }
        }

        await UntilAsync(() => PostAsync(first), 200, 201);

        Task<Answer> PostAsync(Tenant tenant) => tenant.Client.Send(
            HttpMethod.Post,
            path,
            path == Import ? $"name,primaryDomain\nX,{Given.NewDomain()}\n" : Given.Account(),
            contentType);
    }

    [Fact]
    public async Task LargeBody_ThatArrivesSlowly_Answers408()
    {
        var tenant = await server.CreateTenantAsync();
        using var connection = await SendUnfinishedAsync(tenant, "/v1/accounts", "application/json", 10, sent: 60_000);

        using var reader = new StreamReader(connection.GetStream());

        Assert.Equal("HTTP/1.1 408 Request Timeout", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Body_OfUnknownLength_IsReceivedUpToTheLimit()
    {
        var tenant = await server.CreateTenantAsync();
        foreach (var (bytes, status) in new[] { (1_000, 201), (40_000, 201), (10 * 1_024 * 1_024, 201), ((10 * 1_024 * 1_024) + 1, 413) })
        {
            var body = Given.WithRaw(Given.Account(), "unknown", "\"\"");
            body = body.Replace("\"\"", $"\"{new string('x', bytes - body.Length)}\"", StringComparison.Ordinal);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/accounts") { Content = new ChunkedContent(body) };

            using var response = await tenant.Client.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(status, (int)response.StatusCode);
        }
    }

    /// <summary>The import waits until the client reads on, but keeps no place from others.</summary>
    [Fact]
    public async Task Import_WhoseResponseIsNotRead_LetsOtherLargeBodiesIn()
    {
        var (reader, other) = (await server.CreateTenantAsync(), await server.CreateTenantAsync());
        var file = string.Concat(Enumerable.Repeat("{}\n", 60_000));
        using var request = new HttpRequestMessage(HttpMethod.Post, Import)
        {
            Content = new StringContent(file, Encoding.UTF8, "application/x-ndjson"),
        };

        using var response = await reader.Client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var heavy = Given.WithRaw(Given.Account(), "unknown", $"\"{new string('x', 128 * 1_024)}\"");
        (await other.Client.Post("/v1/accounts", heavy)).Expect(201);

        var lines = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.EndsWith("\"rejected\":60000}}\n", lines, StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Func<Task<Answer>> send, params int[] statuses)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            if (Array.IndexOf(statuses, (int)(await send()).Status) >= 0)
            {
                return;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"The status never became {statuses[0]}.");
    }

    private async Task<TcpClient> SendUnfinishedAsync(Tenant tenant, string path, string contentType, int megabytes, int sent = 2_000_000)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        var head = $"POST {path} HTTP/1.1\r\nHost: {server.Address.Authority}\r\nx-api-key: {tenant.Key.Key}\r\n"
            + $"Content-Type: {contentType}\r\nContent-Length: {megabytes * 1_024 * 1_024}\r\nExpect: 100-continue\r\n\r\n";
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);

        // The server says so when it starts to read the body.
        var line = new byte["HTTP/1.1 100 Continue\r\n\r\n".Length];
        await connection.GetStream().ReadExactlyAsync(line, TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 100 ", Encoding.ASCII.GetString(line), StringComparison.Ordinal);
        await connection.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes(new string(' ', sent)), TestContext.Current.CancellationToken);
        return connection;
    }

    private sealed class ChunkedContent(string body) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            stream.WriteAsync(Encoding.UTF8.GetBytes(body)).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            Headers.ContentType ??= new("application/json");
            return false;
        }
    }

    /// <summary>A server with room for two of the largest bodies, of different keys.</summary>
    public sealed class SmallServer(PostgresServer postgres) : AccountsServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["Intake:MemoryMegabytes"] = "20",
            ["Intake:MemoryMegabytesPerKey"] = "10",
            ["Intake:FileMegabytes"] = "200",
            ["Intake:FileMegabytesPerKey"] = "100",
            ["Intake:WaitSeconds"] = "0",
            ["RateLimit:HeavyRequestsAtOnce"] = "1",
        };
    }
}
