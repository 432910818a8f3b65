

namespace Thena.Accounts.Api.Tests.Activities;

/// <summary>The number of database round trips of requests for activities, notes and tasks.</summary>
public sealed class RecordRoundTripTests(ProxiedAccountsServer server) : IClassFixture<ProxiedAccountsServer>
{
    public static TheoryData<string> Features => [Feature.Activities, Feature.Notes, Feature.Tasks];

    [Theory]
    [MemberData(nameof(Features))]
    public async Task List_OfOneAndOfAHundred_TakesTheSameRoundTrips(string feature)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var colleague = await server.CreateColleagueAsync(tenant);
        object more = new
        {
            participants = new[] { tenant.User.Id, colleague.User.Id },
            attachmentUrls = new[] { "https://f.example/a", "https://f.example/b" },
        };
        await tenant.CreateRecordAsync(feature, account, more);

        Assert.Equal((1, 2), await CountAsync(1));
        for (var count = 1; count < 100; count++)
        {
            await tenant.CreateRecordAsync(feature, account, more);
        }

        Assert.Equal((1, 2), await CountAsync(100));

        async Task<(int Plain, int WithTotal)> CountAsync(int rows) => (
            await server.CountRoundTripsAsync(
                async _ => Assert.Equal(rows, (await tenant.ListRecordsAsync(feature, "limit=100")).Json.GetArrayLength())),
            await server.CountRoundTripsAsync(
                async _ => await tenant.ListRecordsAsync(feature, $"limit=100&includeTotal=true&accountId={account}")));
    }

    [Theory]
    [MemberData(nameof(Features))]
    public async Task CreateAndUpdate_WithEveryReference_TakeAtMostFourRoundTrips(string feature)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var activity = (await tenant.CreateRecordAsync(Feature.Activities, account)).Id;
        List<string> users = [];
        for (var count = 0; count < 20; count++)
        {
            users.Add((await server.CreateUserAsync(tenant.OrganizationId, $"User {count}")).Id);
        }

        var few = Body(1);
        var record = await tenant.CreateRecordAsync(feature, account);
        var create = await server.CountRoundTripsAsync(async _ => await tenant.CreateRecordAsync(feature, account, few));
        var update = await server.CountRoundTripsAsync(
            async attempt => await tenant.UpdateRecordAsync(
                feature, record.Id, Given.Merge(Body(1 + (attempt % 2)), new { metadata = new { attempt } })));

        Assert.InRange(create, 1, 4);
        Assert.InRange(update, 1, 4);
        Assert.Equal(create, await server.CountRoundTripsAsync(async _ => await tenant.CreateRecordAsync(feature, account, Body(20))));
        Assert.Equal(
            update,
            await server.CountRoundTripsAsync(
                async attempt => await tenant.UpdateRecordAsync(
                    feature, record.Id, Given.Merge(Body(19 + (attempt % 2)), new { metadata = new { attempt } }))));

        object Body(int many) => Given.Merge(
            new { participants = users[..many], attachmentUrls = Enumerable.Range(0, many).Select(index => $"https://f.example/{index}") },
            feature switch
            {
                Feature.Activities => new { type = "EMAIL", status = "COMPLETED" },
                Feature.Notes => (object)new { type = "GENERAL" },
                _ => new { type = "REVIEW", status = "COMPLETED", priority = "HIGH", activityId = activity },
            });
    }
}
