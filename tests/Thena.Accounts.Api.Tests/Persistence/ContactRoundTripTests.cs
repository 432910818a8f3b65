using System.Globalization;

namespace Thena.Accounts.Api.Tests.Persistence;

/// <summary>The number of database round trips of requests for contacts.</summary>
public sealed class ContactRoundTripTests(ProxiedAccountsServer server) : IClassFixture<ProxiedAccountsServer>
{
    [Fact]
    public async Task CreateContact_WithEveryReference_TakesTwoRoundTrips()
    {
        var tenant = await server.CreateTenantAsync();
        var account = (await tenant.CreateAccountAsync()).Id;
        var field = (await tenant.CreateCustomFieldAsync(new { source = "customer_contact" })).Text("uid");

        Assert.Equal(
            2,
            await server.CountRoundTripsAsync(async attempt => (await tenant.Client.Post(Paths.Contacts, new
            {
                firstName = "Ada",
                email = $"create{attempt}@acme.com",
                contactType = "legal",
                accountIds = new[] { account },
                customFieldValues = new[] { new { customFieldId = field, data = "x" } },
            })).Expect(201)));
    }

    [Fact]
    public async Task ListContacts_WithAndWithoutTotal_TakesTwoAndOneRoundTrips()
    {
        var tenant = await server.CreateTenantAsync();
        var account = (await tenant.CreateAccountAsync()).Id;
        await tenant.CreateContactAsync(new { accountIds = new[] { account } });

        Assert.Equal(
            1,
            await server.CountRoundTripsAsync(
                async _ => (await tenant.Client.Get($"{Paths.Contacts}?contactType=primary&accountId={account}")).Expect(200)));
        Assert.Equal(
            2,
            await server.CountRoundTripsAsync(
                async _ => (await tenant.Client.Get($"{Paths.Contacts}?includeTotal=true")).Expect(200)));
    }

    [Theory]
    [InlineData("bulk", 5_000)]
    [InlineData("ingest", 2_000)]
    public async Task Many_AsOne_TakeTheSameRoundTrips(string route, int count)
    {
        var tenant = await server.CreateTenantAsync();
        var account = (await tenant.CreateAccountAsync()).Id;

        var one = await server.CountRoundTripsAsync(async attempt => await SendAsync($"one{attempt}", 1));
        var many = await server.CountRoundTripsAsync(async attempt => await SendAsync($"many{attempt}", count));

        Assert.Equal(one, many);

        async Task SendAsync(string name, int people)
        {
            var rows = Enumerable.Range(0, people).Select(
                index => new { email = string.Create(CultureInfo.InvariantCulture, $"{name}-{index}@{name}-{index % 40}.example") });
            object body = route == "bulk" ? new { contacts = rows, accountIds = account } : new { users = rows, sinkSource = "SLACK" };
            Assert.True((int)(await tenant.Client.Post($"{Paths.Contacts}/{route}", body)).Status is 200 or 201);
        }
    }
}
