using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.Tests.Administration;

/// <summary>The command line as an operator uses it, next to the running server.</summary>
public sealed class CommandLineTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    [Fact]
    public async Task KeysCreate_ForANewOrganizationsUser_MakesAKeyThatTheRunningServerTakes()
    {
        var organization = await RunAsync("organizations", "create", "--name", "Büro & Söhne", "--tier", "enterprise");
        var user = await RunAsync(
            "users",
            "create",
            "--organization",
            Id(organization),
            "--name", "Ada", "--email", "ada@example.com", "--avatar-url",
            "https://example.com/a.png");
        var key = await RunAsync("keys", "create", "--user", Id(user), "--name", "CI", "--expires-in-days", "3");
        var client = server.CreateClient(key.GetProperty("key").GetString()!);

        (await client.Get("/v1/accounts")).Expect(200);
        Assert.Contains(
            (await RunAsync("organizations", "list")).GetProperty("items").EnumerateArray(),
            row => row.GetProperty("name").GetString() == "Büro & Söhne");
        Assert.Equal(
            "ada@example.com",
            Assert.Single(Items(await RunAsync("users", "list", "--organization", Id(organization)))).GetProperty("email").GetString());
        var listed = await RunAsync("keys", "list", "--organization", Id(organization));
        Assert.Equal("CI", Assert.Single(Items(listed)).GetProperty("name").GetString());
        Assert.DoesNotContain(key.GetProperty("key").GetString()!, listed.GetRawText(), StringComparison.Ordinal);

        var rotated = await RunAsync("keys", "rotate", "--id", Id(key));
        (await server.CreateClient(rotated.GetProperty("key").GetString()!).Get("/v1/accounts")).Expect(200);
        await UntilRefusedAsync(client);

        await RunAsync("keys", "revoke", "--id", Id(rotated));
        await UntilRefusedAsync(server.CreateClient(rotated.GetProperty("key").GetString()!));
    }

    [Fact]
    public async Task KeysBootstrap_OnARunningServer_MakesAnOrganizationAUserAndAKeyThatTheServerTakes()
    {
        var made = await RunAsync(
            "keys", "bootstrap", "--organization", "Globex", "--user", "Grace", "--email", "grace@example.com", "--tier", "enterprise");

        (await server.CreateClient(made.GetProperty("key").GetString()!).Get("/v1/accounts")).Expect(200);
        var organizationId = made.GetProperty("organizationId").GetString()!;
        var organization = Assert.Single(Items(await RunAsync("organizations", "list")), row => Id(row) == organizationId);
        Assert.Equal(
            ("Globex", "enterprise"), (organization.GetProperty("name").GetString(), organization.GetProperty("tier").GetString()));
        var user = Assert.Single(Items(await RunAsync("users", "list", "--organization", organizationId)));
        Assert.Equal((made.GetProperty("userId").GetString(), "Grace"), (Id(user), user.GetProperty("name").GetString()));
        Assert.Equal(Id(made), Id(Assert.Single(Items(await RunAsync("keys", "list", "--organization", organizationId)))));
    }

    [Fact]
    public async Task KeysBootstrapIfAbsent_Repeated_MakesOneKey()
    {
        string[] arguments =
            ["keys", "bootstrap", "--if-absent", "--organization", "Initech", "--user", "Bill", "--email", "bill@example.com"];

        var first = await RunAsync(arguments);
        var second = await RunAsync(arguments);

        Assert.True(first.GetProperty("created").GetBoolean());
        Assert.Equal(
            (false, Id(first), null, first.GetProperty("organizationId").GetString()),
            (
                second.GetProperty("created").GetBoolean(), Id(second), second.GetProperty("key").GetString(),
                second.GetProperty("organizationId").GetString()));
    }

    [Fact]
    public async Task KeysBootstrapIfAbsent_ByManyAtOnce_MakesOneKey()
    {
        var request = new BootstrapRequest(new("Hooli", OrganizationTier.Standard), "Gavin", "gavin@example.com", IfAbsent: true);

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.AdministerAsync(
            service => service.BootstrapAsync(request, CancellationToken.None))));

        Assert.Single(made, response => response.Created);
        Assert.Single(made.Select(response => (response.Id, response.UserId, response.OrganizationId)).Distinct());
    }

    [Theory]
    [InlineData("revoke")]
    [InlineData("expire")]
    public async Task KeysBootstrapIfAbsent_WithoutAValidKey_AddsOneToTheSameUser(string end)
    {
        var request = new BootstrapRequest(new($"Ended by {end}", OrganizationTier.Standard), "Ada", "ada@example.com", IfAbsent: true);
        var first = await BootstrapAsync(request);
        if (end == "revoke")
        {
            await server.AdministerAsync(service => service.RevokeKeyAsync(first.Id, CancellationToken.None));
        }
        else
        {
            var id = Ulid.Parse(first.Id, CultureInfo.InvariantCulture).ToGuid();
            await server.ExecuteAsync($"update api_keys set expires_at = now() where id = '{id}'");
        }

        var second = await BootstrapAsync(request with { UserEmail = "ADA@example.com" });

        Assert.True(second.Created);
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal((first.OrganizationId, first.UserId), (second.OrganizationId, second.UserId));
        (await server.CreateClient(second.Key!).Get("/v1/accounts")).Expect(200);

        Task<BootstrapResponse> BootstrapAsync(BootstrapRequest wanted) =>
            server.AdministerAsync(service => service.BootstrapAsync(wanted, CancellationToken.None));
    }

    [Fact]
    public async Task AnyCommand_WithASettingOfTheServer_TakesIt() =>
        await RunAsync("organizations", "list", "--RateLimit:RequestsPerMinute=600");

    [Fact]
    public async Task Lists_AsTables_HaveOneLineForEachRow()
    {
        var organization = await RunAsync("organizations", "create", "--name", "Line\nbreak", "--tier", "free");

        var (exitCode, output, error) = await StartAsync(["organizations", "list", "--output", "table"]);

        Assert.Equal((0, ""), (exitCode, error));
        var lines = output.TrimEnd().Split('\n');
        Assert.StartsWith("id ", lines[0], StringComparison.Ordinal);
        Assert.Contains(" tier ", lines[0], StringComparison.Ordinal);
        Assert.Matches("Line break +free ", Assert.Single(lines, line => line.StartsWith(Id(organization), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task KeysBootstrap_WithAnInvalidAddress_LeavesNoOrganization()
    {
        var (exitCode, output, error) = await StartAsync(
            ["keys", "bootstrap", "--organization", "Half made", "--user", "Grace", "--email", "nobody"]);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Equal("The email address is not valid.", error.TrimEnd().Split('\n')[^1]);
        Assert.DoesNotContain(Items(await RunAsync("organizations", "list")), row => row.GetProperty("name").GetString() == "Half made");
    }

    [Fact]
    public async Task Health_OfTheServerOfThisEnvironment_SaysThatItIsReady()
    {
        using var process = ServerProcess.Start(ServerProcess.NoDatabase, ["health"], ("ASPNETCORE_URLS", server.Address.ToString()));

        var (exitCode, output, error) = await process.ReadToEndAsync();

        Assert.Equal((0, ""), (exitCode, error));
        Assert.True(JsonElement.Parse(output).GetProperty("ready").GetBoolean());
    }

    [Theory]
    [InlineData("health --url http://localhost:1", "http://localhost:1/ does not answer")]
    [InlineData("health --url nonsense", "--url")]
    public async Task Health_OfAnAddressWithoutAServer_ExitsWithOneAndOneSentence(string arguments, string part)
    {
        var (exitCode, output, error) = await CommandRun.WithoutDatabaseAsync(arguments.Split(' '));

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains(part, Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DatabaseMigrate_OnAMigratedDatabase_SaysSo() =>
        Assert.True((await RunAsync("database", "migrate")).GetProperty("migrated").GetBoolean());

    [Theory]
    [InlineData("organizations create", "--name")]
    [InlineData("organizations create --name x --tier gold", "gold")]
    [InlineData("users create --organization 01ARZ3NDEKTSV4RRFFQ69G5FAV --name x --email a@example.com", "no organization")]
    [InlineData("users list --organization nothing", "no organization")]
    [InlineData("demo --organization 01ARZ3NDEKTSV4RRFFQ69G5FAV", "no organization")]
    [InlineData("demo", "--organization")]
    [InlineData("keys create --user nothing", "no user")]
    [InlineData("keys revoke --id nothing", "no key")]
    [InlineData("keys rotate --id nothing", "no key")]
    [InlineData("keys bootstrap --organization x --user x", "--email")]
    [InlineData("nonsense", "nonsense")]
    public async Task AnyCommand_WithAMistake_ExitsNonZeroWithOneSentence(string arguments, string part)
    {
        var (exitCode, output, error) = await StartAsync(arguments.Split(' '));

        Assert.NotEqual(0, exitCode);
        Assert.Equal("", output);
        Assert.Contains(part, error.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    private static string Id(JsonElement row) => row.GetProperty("id").GetString()!;

    private static IEnumerable<JsonElement> Items(JsonElement listing) => listing.GetProperty("items").EnumerateArray();

    private static async Task UntilRefusedAsync(HttpClient client)
    {
        var waited = Stopwatch.StartNew();
        while ((int)(await client.Get("/v1/accounts")).Status != 401)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(10), "the key still works after 10 seconds");
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }

    private Task<JsonElement> RunAsync(params string[] arguments) => CommandRun.SucceedAsync(server.ConnectionString, arguments);

    private Task<(int ExitCode, string Output, string Error)> StartAsync(string[] arguments) =>
        CommandRun.OnDatabaseAsync(server.ConnectionString, arguments);
}
