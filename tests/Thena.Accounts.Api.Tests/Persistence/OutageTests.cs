using System.Diagnostics;
using Npgsql;

namespace Thena.Accounts.Api.Tests.Persistence;

/// <summary>The answers while the database is down, and after it is back.</summary>
public sealed class OutageTests(ProxiedAccountsServer server) : IClassFixture<ProxiedAccountsServer>
{
    private const string Unavailable = "This service/resource is currently unavailable.";

    [Fact]
    public async Task AnyRequest_WhileTheDatabaseIsStopped_Answers503AndServesAgainWithinFiveSeconds()
    {
        var tenant = await server.CreateTenantAsync();
        (await tenant.Client.Post("/v1/accounts", new { name = "Kept", primaryDomain = "kept.example" })).Expect(201);
        var inFlight = Enumerable.Range(0, 16)
            .Select(index => tenant.Client.Post("/v1/accounts", new { name = "Acme", primaryDomain = $"flight{index}.example" }))
            .ToList();

        server.Proxy.Stop();

        var answers = await Task.WhenAll(inFlight);
        Assert.All(answers, answer => Assert.Contains((int)answer.Status, new[] { 201, 503 }));
        var refused = (await tenant.Client.Get("/v1/accounts")).ExpectError(503, Unavailable);
        Assert.True(int.Parse(refused.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture) > 0);
        (await server.CreateClient(tenant.Key.Key + "x").Get("/v1/accounts")).ExpectError(503, Unavailable);
        (await server.CreateClient().Get("/health/ready")).ExpectError(503, Unavailable);
        var live = (await server.CreateClient().Get("/health/live")).Expect(200);
        Assert.Equal(("Healthy", "text/plain"), (live.Text, live.Headers["Content-Type"]));

        server.Proxy.Start();
        var back = Stopwatch.StartNew();
        while ((int)(await tenant.Client.Get("/v1/accounts")).Status != 200)
        {
            Assert.True(back.Elapsed < TimeSpan.FromSeconds(5), "not served again within 5 seconds");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.All(
            await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => tenant.Client.Get("/v1/accounts?limit=100"))),
            answer => answer.Expect(200));
        var kept = (await tenant.Client.Get("/v1/accounts?limit=100"))
            .Json.EnumerateArray()
            .Select(account => account.GetProperty("id").GetString())
            .ToHashSet();
        Assert.All(answers.Where(answer => (int)answer.Status == 201), answer => Assert.Contains(answer.Id, kept));
    }

    [Fact]
    public async Task AnyRequest_AfterTheDatabaseEndedItsSessions_IsServedAfterOneFailureAtMost()
    {
        var tenant = await server.CreateTenantAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => tenant.Client.Get("/v1/accounts")));

        await using (var dataSource = NpgsqlDataSource.Create(server.ConnectionString))
        await using (
            var command = dataSource.CreateCommand(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"))
        {
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var first = await tenant.Client.Get("/v1/accounts");
        Assert.Contains((int)first.Status, new[] { 200, 503 });
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => tenant.Client.Get("/v1/accounts"))), answer => answer.Expect(200));
    }

    [Fact]
    public async Task Live_WithAKeyWhileTheDatabaseIsStopped_Answers200()
    {
        var tenant = await server.CreateTenantAsync();
        server.Proxy.Stop();
        try
        {
            (await tenant.Client.Get("/health/live")).Expect(200);
        }
        finally
        {
            server.Proxy.Start();
        }

        while ((int)(await tenant.Client.Get("/v1/accounts")).Status != 200)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task CreateAccountsInBulk_CancelledByTheClient_LeavesAllOrNothing()
    {
        var tenant = await server.CreateTenantAsync();
        for (var attempt = 0; attempt < 8; attempt++)
        {
            using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(20 * attempt));
            var accounts = Enumerable.Range(0, 500)
                .Select(index => new { name = "Acme", primaryDomain = $"cancel{attempt}-{index}.example" });
            using var content = System.Net.Http.Json.JsonContent.Create(new { accounts });
            try
            {
                using var _ = await tenant.Client.PostAsync("/v1/accounts/bulk", content, cancellation.Token);
            }
            catch (OperationCanceledException)
            {
                // Expected.
            }
        }

        await Task.Delay(500, TestContext.Current.CancellationToken);
        for (var attempt = 0; attempt < 8; attempt++)
        {
            var total = (await tenant.Client.Get($"/v1/accounts?search=cancel{attempt}-&includeTotal=true"))
                .Expect(200)
                .Headers["X-Total-Count"];
            Assert.Contains(total, new[] { "0", "500" });
        }
    }
}
