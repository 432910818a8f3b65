using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Thena.Accounts.Api.Tests.Accounts;

/// <summary>Lists of records that are too large to be in the memory of the server together.</summary>
public sealed class LargeRecordsTests(LargeRecordsTests.LargeServer server) : IClassFixture<LargeRecordsTests.LargeServer>
{
    private const int Count = 27, PerRequest = 9;

    [Fact]
    public async Task Lists_OfLargeRecords_HaveAllOfThemInOrder()
    {
        var (tenant, ids) = await server.Large.Value;
        string[] newestFirst = [.. ids.Reverse()];

        var first = (await tenant.Client.Get("/v1/accounts?limit=25&includeTotal=true")).Expect(200);
        var second = (await tenant.Client.Get(first.Links()["next"])).Expect(200);
        var found = (await tenant.Client.Get("/v1/accounts?limit=25&search=Large&sort=name&order=ASC")).Expect(200);

        Assert.Equal(newestFirst[..25], first.Each("id"));
        Assert.Equal("27", first.Headers["X-Total-Count"]);
        Assert.Equal("application/json; charset=utf-8", first.Headers["Content-Type"]);
        Assert.Equal(newestFirst[25..], second.Each("id"));
        Assert.DoesNotContain("next", second.Links().Keys);
        Assert.Equal(ids[..25], found.Each("id"));
        Assert.Equal((await tenant.GetAccountAsync(ids[0])).Text, found.Json[0].GetRawText());
    }

    [Theory]
    [InlineData("ids")]
    [InlineData("primary-domains")]
    public async Task Filter_OfLargeRecords_HasAllOfThemInTheOrderAsked(string filter)
    {
        var (tenant, ids) = await server.Large.Value;
        var accounts = (await tenant.Client.Get("/v1/accounts?limit=100")).Expect(200).Json.EnumerateArray()
            .OrderBy(account => account.Text("id")[^3..], StringComparer.Ordinal).ToArray();
        object body = filter == "ids"
            ? new { ids = accounts.Select(account => account.Text("id")).Prepend(Given.UnknownId) }
            : new { primaryDomains = accounts.Select(account => account.Text("primaryDomain")) };

        var found = (await tenant.Client.Post($"/v1/accounts/filter/{filter}", body)).Expect(200);

        Assert.Equal(ids.Length, accounts.Length);
        Assert.Equal(accounts.Select(account => account.GetRawText()), found.Json.EnumerateArray().Select(row => row.GetRawText()));
    }

    /// <summary>The server reads further records when the client has taken those before, so it never holds them all.</summary>
    [Fact]
    public async Task Lists_OfLargeRecords_AreReadWhileTheClientTakesThem()
    {
        var (tenant, ids) = await CreateLargeAccountsAsync(server);
        string[] newestFirst = [.. ids.Reverse()];
        using var client = CreateSlowClient(tenant.Key.Key);

        Assert.Equal(newestFirst[..^1], await ReadAndDeleteAsync(new(HttpMethod.Get, "/v1/accounts?limit=100"), newestFirst[^1]));
        using var filter = new StringContent(JsonSerializer.Serialize(new { ids = newestFirst }), null, "application/json");
        Assert.Equal(
            newestFirst[..^2],
            await ReadAndDeleteAsync(new(HttpMethod.Post, "/v1/accounts/filter/ids") { Content = filter }, newestFirst[^2]));

        async Task<string[]> ReadAndDeleteAsync(HttpRequestMessage request, string id)
        {
            using var response = await client.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            (await tenant.Client.Delete($"/v1/accounts/{id}")).Expect(200);
            var rows = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            return [.. rows.EnumerateArray().Select(row => row.Text("id"))];
        }
    }

    /// <summary>Creates a client whose side of the connection holds little that has not been read.</summary>
    private HttpClient CreateSlowClient(string key)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, _) => new NetworkStream(await RawConnection.ConnectAsync(server), ownsSocket: true),
        };
        var client = new HttpClient(handler) { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("x-api-key", key);
        return client;
    }

    /// <summary>Creates accounts of about 1 MB each.</summary>
    /// <returns>Their IDs, the oldest first.</returns>
    private static async Task<(Tenant Tenant, string[] Ids)> CreateLargeAccountsAsync(AccountsServer server)
    {
        var tenant = await server.CreateTenantAsync();
        var customFieldValues = await tenant.CreateLargeFieldValuesAsync();
        for (var created = 0; created < Count; created += PerRequest)
        {
            var start = created;
            (await tenant.PostAccountsAsync(Enumerable.Range(start, PerRequest).Select(
                number => Given.Account(new { name = $"Large {number:D2}", customFieldValues })))).Expect(201);
        }

        var rows = (await tenant.Client.Get("/v1/accounts?limit=100&sort=name&order=ASC")).Expect(200);
        return (tenant, rows.Each("id"));
    }

    /// <summary>A server with large accounts, which tests only read.</summary>
    public sealed class LargeServer : AccountsServer
    {
        public LargeServer(PostgresServer postgres)
            : base(postgres) => Large = new(() => CreateLargeAccountsAsync(this));

        /// <summary>The accounts and their IDs, the oldest first.</summary>
        public Lazy<Task<(Tenant Tenant, string[] Ids)>> Large { get; }
    }
}
