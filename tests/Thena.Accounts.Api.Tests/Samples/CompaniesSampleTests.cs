using Thena.Accounts.Samples.Companies;

namespace Thena.Accounts.Api.Tests.Samples;

/// <summary>The sample program with real input.</summary>
public sealed class CompaniesSampleTests(SharedServer server) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Companies_LoadedTwice_AreThereOnceAndCanBeWorkedWith()
    {
        var loader = new CompanyLoader((await server.CreateTenantAsync()).Client);
        var companies = Company.ReadAll();
        var cancellationToken = TestContext.Current.CancellationToken;
        Assert.Equal(503, companies.Count);

        await loader.AddIndustriesAsync(companies, cancellationToken);
        Assert.Equal((503, 0), await loader.AddAccountsAsync(companies, cancellationToken));
        await loader.AddIndustriesAsync(companies, cancellationToken);
        Assert.Equal((0, 503), await loader.AddAccountsAsync(companies, cancellationToken));

        var all = await loader.ListAsync("source=sample", cancellationToken);
        Assert.Equal(
            companies.Select(company => company.Domain).Order(),
            all.Select(account => account.GetProperty("primaryDomain").GetString()).Order());
        foreach (var sector in companies.GroupBy(company => company.Sector))
        {
            var names = (await loader.ListAsync($"industry={Uri.EscapeDataString(sector.Key.ToUpperInvariant())}", cancellationToken))
                .Select(account => account.GetProperty("name").GetString());
            Assert.Equal(sector.Select(company => company.Name).Order(), names.Order());
        }

        var people = companies.SelectMany(Person.Of).ToList();
        for (var run = 0; run < 2; run++)
        {
            Assert.Equal(1_006, await loader.IngestAsync(people.Where((_, number) => number % 3 != 2), "SLACK", cancellationToken));
            var before = run == 0 ? [] : await loader.ListContactsAsync("", cancellationToken);
            Assert.Equal(1_006, await loader.IngestAsync(people.Where((_, number) => number % 3 != 0), "ZENDESK", cancellationToken));
            var after = await loader.ListContactsAsync("", cancellationToken);
            Assert.Equal(1_509, after.Count);
            Assert.All(after, contact => Assert.Equal(1, contact.GetProperty("accounts").GetArrayLength()));
            Assert.True(
                run == 0 || before.Select(contact => contact.GetRawText()).SequenceEqual(after.Select(contact => contact.GetRawText())));
        }

        var accounts = await loader.ListAsync("", cancellationToken);
        Assert.Equal(503, accounts.Count);
        Assert.Equal(503, await loader.FollowUpAsync(accounts, cancellationToken));
        Assert.Equal(0, await loader.FollowUpAsync(accounts, cancellationToken));
        var calls = await loader.ListWorkAsync("activities", "type=CALL&status=completed", cancellationToken);
        var offers = await loader.ListWorkAsync("tasks", "priority=high&status=pending", cancellationToken);
        Assert.Equal(
            calls.Select(call => call.GetProperty("id").GetString()).Order(),
            offers.Select(task => task.GetProperty("activityId").GetString()).Order());
        Assert.Equal(503, calls.Select(call => call.GetProperty("accountId").GetString()).Distinct().Count());
        Assert.Equal(1_006, (await loader.ListWorkAsync("tasks", "", cancellationToken)).Count);
        Assert.Equal(503, (await loader.ListWorkAsync("notes", "type=general", cancellationToken)).Count);
        var berkshire = Assert.Single(await loader.ListAsync("search=BERKSHIRE", cancellationToken));
        Assert.Equal("Omaha, Nebraska", berkshire.GetProperty("billingAddress").GetString());
        Assert.Equal("BRK.B", berkshire.GetProperty("metadata").GetProperty("symbol").GetString());

        var id = berkshire.GetProperty("id").GetString()!;
        Assert.Equal(
            "ACTIVE",
            (await loader.UpdateAsync(id, new { status = "active", employees = 392_400 }, cancellationToken))
                .GetProperty("status")
                .GetString());
        await loader.DeleteAsync(id, cancellationToken);
        Assert.Equal(502, (await loader.ListAsync("source=sample", cancellationToken)).Count);
        Assert.Equal(1_004, (await loader.ListWorkAsync("tasks", "", cancellationToken)).Count);
        Assert.Equal((1, 502), await loader.AddAccountsAsync(companies, cancellationToken));
    }
}
