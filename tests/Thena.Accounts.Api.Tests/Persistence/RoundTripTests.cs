namespace Thena.Accounts.Api.Tests.Persistence;

/// <summary>The number of database round trips of a request. The key is already cached, as it is after a client's first request.</summary>
public sealed class RoundTripTests(ProxiedAccountsServer server) : IClassFixture<ProxiedAccountsServer>
{
    [Fact]
    public async Task GetAccountDetails_Always_TakesOneRoundTrip()
    {
        var tenant = await server.CreateTenantAsync();
        var account = (await tenant.Client.Post("/v1/accounts", Body("details.example"))).Expect(201);

        Assert.Equal(1, await server.CountRoundTripsAsync(async _ => (await tenant.Client.Get($"/v1/accounts/{account.Id}")).Expect(200)));
    }

    [Fact]
    public async Task GetDetailsAndChanges_OfARecord_TakeOneRoundTrip()
    {
        var tenant = await server.CreateTenantAsync();
        var account = await tenant.CreateAccountAsync();
        var contact = await tenant.CreateContactAsync(new { accountIds = new[] { account.Id } });
        var task = await tenant.CreateRecordAsync(Feature.Tasks, account.Id);
        foreach (
            var path in (string[])
            [
                $"{Paths.Contacts}/{contact.Id}",
                Feature.PathOf(Feature.Tasks, task.Id),
                $"{Paths.Accounts}?updatedAfter={account.TextOf("createdAt")}&createdAfter=2020-01-01T00:00:00Z",
            ])
        {
            Assert.Equal(1, await server.CountRoundTripsAsync(async _ => (await tenant.Client.Get(path)).Expect(200)));
        }
    }

    [Fact]
    public async Task GetAllAccounts_OfASmallOrganization_TakesAtMostTwoRoundTrips()
    {
        var tenant = await server.CreateTenantAsync();
        (await tenant.Client.Post("/v1/accounts", Body("list.example"))).Expect(201);
        (await tenant.Client.Post("/v1/accounts", Body("list2.example"))).Expect(201);

        Assert.Equal(
            1,
            await server.CountRoundTripsAsync(async _ => (await tenant.Client.Get("/v1/accounts?status=ACTIVE")).Expect(200)));
        Assert.Equal(
            1,
            await server.CountRoundTripsAsync(async _ => (await tenant.Client.Get("/v1/accounts?limit=1&search=list")).Expect(200)));
        Assert.Equal(
            1,
            await server.CountRoundTripsAsync(async _ => (await tenant.Client.Get("/v1/accounts?search=list2")).Expect(200)));
        Assert.Equal(
            2,
            await server.CountRoundTripsAsync(async _ => (await tenant.Client.Get("/v1/accounts?limit=1&search=nowhere")).Expect(200)));
        Assert.Equal(
            2,
            await server.CountRoundTripsAsync(
                async _ => (await tenant.Client.Get("/v1/accounts?industry=retail&includeTotal=true")).Expect(200)));
    }

    [Fact]
    public async Task CreateAccount_WithEveryReference_TakesOneRoundTrip()
    {
        var tenant = await server.CreateTenantAsync();
        var field = (await tenant.CreateCustomFieldAsync()).Text("uid");

        Assert.Equal(1, await server.CountRoundTripsAsync(async attempt => (await tenant.Client.Post("/v1/accounts", new
        {
            name = "Acme",
            primaryDomain = $"create{attempt}.example",
            status = "active",
            industry = "RETAIL",
            accountOwnerId = tenant.User.Id,
            customFieldValues = new[] { new { customFieldId = field, data = "gold" } },
        })).Expect(201)));
    }

    [Fact]
    public async Task CreateAccountsInBulk_OfOneAndOfFiveThousand_TakesTheSameRoundTrips()
    {
        var tenant = await server.CreateTenantAsync();

        var one = await server.CountRoundTripsAsync(
            async attempt => (await tenant.Client.Post("/v1/accounts/bulk", Bulk($"one{attempt}", 1))).Expect(201));
        var fiveThousand = await server.CountRoundTripsAsync(
            async attempt => (await tenant.Client.Post("/v1/accounts/bulk", Bulk($"many{attempt}", 5_000))).Expect(201));

        // Even if the many rows take many packets: PostgreSQL answers nothing, not even the beginning of the transaction, before the last.
        Assert.Equal((2, 2), (one, fiveThousand));
    }

    private static object Body(string domain) => new { name = "Acme", primaryDomain = domain, status = "ACTIVE", industry = "Retail" };

    private static object Bulk(string name, int count) =>
        new { accounts = Enumerable.Range(0, count).Select(index => Body($"{name}-{index}.example")) };
}
