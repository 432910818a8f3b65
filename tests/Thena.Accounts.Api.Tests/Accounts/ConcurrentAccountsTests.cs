
namespace Thena.Accounts.Api.Tests.Accounts;

public sealed class ConcurrentAccountsTests(SharedServer server) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Create_OfOneDomainByManyAtOnce_CreatesItOnce()
    {
        var tenant = await server.CreateTenantAsync();
        var domain = Given.NewDomain();

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => tenant.PostAccountAsync(new { primaryDomain = domain })));

        var created = Assert.Single(answers, answer => (int)answer.Status == 201);
        Assert.All(answers.Where(answer => answer != created), answer => Assert.Equal(created.Id, answer.Expect(409).TextOf("existingId")));
        Assert.Equal([created.Id], (await tenant.ListAccountsAsync()).Each("id"));
    }

    [Fact]
    public async Task Bulk_OfTheSameDomainsInReverseAtOnce_CreatesEachOnce()
    {
        var tenant = await server.CreateTenantAsync();
        for (var round = 0; round < 3; round++)
        {
            string[] domains = [.. Enumerable.Range(0, 500).Select(_ => Given.NewDomain())];

            var answers = await Task.WhenAll(
                tenant.PostAccountsAsync(domains.Select(domain => Given.Account(new { primaryDomain = domain }))),
                tenant.PostAccountsAsync(domains.Reverse().Select(domain => Given.Account(new { primaryDomain = domain }))));

            Assert.All(answers, answer => Assert.True((int)answer.Status is 200 or 201, answer.Text));
            Assert.Equal(500, answers.Sum(answer => answer["created"].GetInt32()));
            Assert.Equal(500, answers.Sum(answer => answer["skipped"].GetInt32()));
            var forward = answers[0]["results"].EnumerateArray().Select(result => result.GetProperty("id").GetString());
            Assert.Equal(forward, answers[1]["results"].EnumerateArray().Select(result => result.GetProperty("id").GetString()).Reverse());
            Assert.DoesNotContain(null, forward);
            Assert.Equal(
                500,
                (await tenant.Client.Post($"{Paths.Accounts}/filter/primary-domains", new { primaryDomains = domains }))
                    .Expect(200)
                    .Json.GetArrayLength());
        }
    }

    [Fact]
    public async Task Update_OfDifferentFieldsAtOnce_LosesNone()
    {
        var tenant = await server.CreateTenantAsync();
        var fields = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => tenant.CreateIntegerFieldAsync()));
        var account = await tenant.CreateAccountAsync(new { customFieldValues = new[] { new { customFieldId = fields[0], data = 5 } } });
        string[] members = ["name", "description", "source", "billingAddress", "shippingAddress"];
        string[] changes =
        [
            .. members.Select(member => $$"""{"{{member}}":"new"}"""),
            """{"status":"ACTIVE"}""", """{"employees":7}""", """{"annualRevenue":7}""", """{"metadata":{"a":7}}""",
            """{"website":"new.example"}""",
            $$"""{"customFieldValues":[{"customFieldId":"{{fields[1]}}","data":7}]}""",
        ];

        await Task.WhenAll(changes.Select(async change => (await tenant.PutAccountAsync(account.Id, change)).Expect(200)));

        var updated = await tenant.GetAccountAsync(account.Id);
        Assert.All(members, member => Assert.Equal("new", updated.TextOf(member)));
        Assert.Equal(
            [
                "\"ACTIVE\"", "7", "7", """{"a":7}""", "\"https://new.example\"",
                $$$"""[{"customFieldId":"{{{fields[1]}}}","data":7,"metadata":{}}]""",
            ],
            [.. ((string[])["status", "employees", "annualRevenue", "metadata", "website", "customFieldValues"]).Select(updated.RawOf)]);
    }

    [Fact]
    public async Task Update_OfCustomFieldValuesAtOnce_KeepsOneWhole()
    {
        var tenant = await server.CreateTenantAsync();
        var fields = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => tenant.CreateIntegerFieldAsync()));
        var account = await tenant.CreateAccountAsync();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(async data => (await tenant.PutAccountAsync(
            account.Id, new { customFieldValues = fields.Select(field => new { customFieldId = field, data }) })).Expect(200)));

        var values = (await tenant.GetAccountAsync(account.Id))
            .Expect(200)["customFieldValues"]
            .EnumerateArray()
            .Select(value => value.GetProperty("data").GetInt32())
            .ToList();
        Assert.Equal(2, values.Count);
        Assert.Single(values.Distinct());
    }

    [Fact]
    public async Task Update_OfTwoAccountsToOneDomainAtOnce_LetsOneHaveIt()
    {
        var tenant = await server.CreateTenantAsync();
        var accounts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => tenant.CreateAccountAsync()));
        var domain = Given.NewDomain();

        var answers = await Task.WhenAll(accounts.Select(account => tenant.PutAccountAsync(account.Id, new { primaryDomain = domain })));

        var winner = Assert.Single(answers, answer => (int)answer.Status == 200);
        Assert.All(answers.Where(answer => answer != winner), answer => Assert.Equal(winner.Id, answer.Expect(409).TextOf("existingId")));
    }

    [Fact]
    public async Task Delete_ByManyAtOnce_SucceedsOnce()
    {
        var tenant = await server.CreateTenantAsync();
        var account = await tenant.CreateAccountAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => tenant.DeleteAccountAsync(account.Id)));

        Assert.Single(answers, answer => (int)answer.Status == 200);
        Assert.Equal(11, answers.Count(answer => (int)answer.Status == 404));
    }
}
