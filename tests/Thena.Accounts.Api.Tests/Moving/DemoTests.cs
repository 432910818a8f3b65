using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Moving.Demo;
using Thena.Accounts.Samples.Companies;

namespace Thena.Accounts.Api.Tests.Moving;

/// <summary>The demo data, on the command line and at the start of the server.</summary>
public sealed class DemoTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    [Fact]
    public async Task Demo_OfAnOrganizationTwice_AddsTheDataOnce()
    {
        var tenant = await server.CreateTenantAsync();
        var report = await CommandRun.SucceedAsync(server.ConnectionString, "demo", "--organization", tenant.OrganizationId);
        var kinds = report.GetProperty("kinds").EnumerateArray()
            .ToDictionary(kind => kind.Text("kind"), kind => kind.GetProperty("created").GetInt32());
        Assert.Equal(
            (503, 1_509, 50, 101, 101, 202),
            (kinds["accounts"], kinds["contacts"], kinds["relationships"], kinds["activities"], kinds["notes"], kinds["tasks"]));

        var before = await ReadAllAsync(tenant);
        var again = await server.AddDemoDataAsync(tenant);

        Assert.All(again.Kinds, kind => Assert.Equal((0, 0, 0), (kind.Created, kind.Changed, kind.Refused)));
        Assert.Equal(before, await ReadAllAsync(tenant));
    }

    [Fact]
    public async Task Demo_InTwoOrganizations_GivesEachUsersOfItsOwn()
    {
        var (first, second) = (await server.CreateTenantAsync(), await server.CreateTenantAsync());
        await server.AddDemoDataAsync(first);
        Assert.DoesNotContain((await server.AddDemoDataAsync(second)).Kinds, kind => kind.Refused > 0);

        var assignees = (await second.Client.Get("/v1/accounts/tasks?limit=100")).Expect(200).Each("assigneeId").Distinct().ToList();
        var users = await server.AdministerAsync(service => service.ListUsersAsync(second.OrganizationId, CancellationToken.None));
        Assert.Equal(2, assignees.Count);
        Assert.Subset(users.Select(user => user.Id).ToHashSet(), assignees.ToHashSet());
        Assert.DoesNotContain(DemoIds.Of(UserKind.Plural, 1), assignees);

        // Keys are created for the user's ID alone.
        await server.CreateKeyAsync(DemoIds.Of(UserKind.Plural, 1));
    }

    [Fact]
    public async Task Sample_AfterTheDemo_FindsItsAccountsAndContacts()
    {
        var tenant = await server.CreateTenantAsync();
        await server.AddDemoDataAsync(tenant);
        var loader = new CompanyLoader(tenant.Client);
        var companies = Company.ReadAll();

        Assert.Equal((0, 503), await loader.AddAccountsAsync(companies, TestContext.Current.CancellationToken));
        await loader.IngestAsync(companies.SelectMany(Person.Of), "SLACK", TestContext.Current.CancellationToken);
        Assert.Equal(1_509, (await loader.ListContactsAsync("", TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task Start_WithDemoInDevelopment_AddsTheDataForTheDevelopmentKey()
    {
        var folder = Directory.CreateTempSubdirectory("demo-");
        try
        {
            var line = await ReadLineAsync("x-api-key: ", ("ASPNETCORE_ENVIRONMENT", "Development"), ("XDG_DATA_HOME", folder.FullName));

            var answer = await server.CreateClient(line.Split("x-api-key: ")[1].TrimEnd('\'')).Get("/v1/accounts?includeTotal=true");
            Assert.Equal("503", answer.Expect(200).Headers["X-Total-Count"]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Start_WithDemoInProduction_SaysThatItIsIgnored() => await ReadLineAsync("--demo is ignored");

    /// <summary>Starts a server with <c>--demo</c>, and returns the first line that contains a text.</summary>
    private async Task<string> ReadLineAsync(string part, params (string Name, string Value)[] environment)
    {
        using var process = ServerProcess.Start(server.ConnectionString, ["--demo"], environment);
        try
        {
            while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                if (line.Contains(part, StringComparison.Ordinal))
                {
                    return line;
                }
            }

            throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        }
        finally
        {
            process.Kill();
        }
    }

    private static async Task<List<string>> ReadAllAsync(Tenant tenant)
    {
        List<string> rows = [];
        foreach (var list in (string[])["", "/contacts", "/relationships", "/activities", "/notes", "/tasks"])
        {
            rows.AddRange((await tenant.ListAllAsync("/v1/accounts" + list)).Select(row => row.GetRawText()));
        }

        return rows;
    }
}
