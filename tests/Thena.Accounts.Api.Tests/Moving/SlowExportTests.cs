using System.Diagnostics;
using Npgsql;

namespace Thena.Accounts.Api.Tests.Moving;

/// <summary>Clients that read exports slowly, on a server with few connections to the database.</summary>
public sealed class SlowExportTests(SlowExportTests.SmallServer server) : IClassFixture<SlowExportTests.SmallServer>
{
    private const int Pool = 12;

    [Fact]
    public async Task SlowReaders_OfManyKeys_LeaveConnectionsToOthersAndTheirPlacesWhenTheyGo()
    {
        var slow = await server.CreateTenantWithLargeExportAsync();
        var other = await server.CreateTenantAsync();
        List<RawConnection> readers = [];
        List<string> answers = [];
        for (var key = 0; key < 6; key++)
        {
            var secret = (await server.CreateKeyAsync(slow.User.Id)).Key;
            for (var reader = 0; reader < 4; reader++)
            {
                readers.Add(await RawConnection.SendAsync(server, LargeExports.Request(secret)));
                answers.Add(await readers[^1].ReadHeadersAsync());
            }
        }

        var others = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => other.PostAccountAsync()));
        var refused = await other.Client.Get("/v1/accounts/export?kind=accounts");

        Assert.All(others, answer => answer.Expect(201));
        Assert.Equal(
            [.. Enumerable.Repeat("200,200,429,429", 4), "503,503,503,503", "503,503,503,503"],
            answers.Select(answer => answer[9..12]).Chunk(4).Select(statuses => string.Join(',', statuses)));
        Assert.All(
            answers.Where(answer => answer[9..12] != "200"),
            answer => Assert.Contains("\r\nRetry-After: 5\r\n", answer, StringComparison.Ordinal));
        refused.ExpectError(503, "This service/resource is currently unavailable.");
        readers.ForEach(reader => reader.Dispose());
        await other.ExportWhenThereIsAPlaceAsync();
    }

    [Fact]
    public async Task Exports_OneAfterTheOther_AreNotLimited()
    {
        var tenant = await server.CreateTenantAsync();

        for (var export = 0; export < 12; export++)
        {
            (await tenant.Client.Get("/v1/accounts/export?kind=accounts")).Expect(200);
        }
    }

    /// <summary>A server with a dozen connections.</summary>
    public sealed class SmallServer(PostgresServer postgres) : AccountsServer(postgres)
    {
        protected override async Task<string> CreateDatabaseAsync(PostgresServer server) =>
            new NpgsqlConnectionStringBuilder(await base.CreateDatabaseAsync(server)) { MaxPoolSize = Pool }.ConnectionString;
    }
}

/// <summary>Clients that read an export too slowly.</summary>
public sealed class ImpatientExportTests(ImpatientExportTests.ImpatientServer server) : IClassFixture<ImpatientExportTests.ImpatientServer>
{
    [Fact]
    public async Task SlowReader_BelowTheMinimumRate_IsCutOffAndGivesItsPlaceBack()
    {
        var tenant = await server.CreateTenantWithLargeExportAsync();
        using var reader = await RawConnection.SendAsync(server, LargeExports.Request(tenant.Key.Key));
        Assert.StartsWith("HTTP/1.1 200 OK", await reader.ReadHeadersAsync(), StringComparison.Ordinal);

        await tenant.ExportWhenThereIsAPlaceAsync();

        Assert.DoesNotContain("\r\n0\r\n\r\n", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    /// <summary>A server with one place for an export, which waits for a second.</summary>
    public sealed class ImpatientServer(PostgresServer postgres) : AccountsServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["Export:AtOnce"] = "1",
            ["Export:AtOncePerKey"] = "1",
            ["Export:PatienceSeconds"] = "1",
        };
    }
}

/// <summary>Exports that are sent with a maximum of bytes per second.</summary>
public sealed class PacedExportTests(PacedExportTests.PacedServer server) : IClassFixture<PacedExportTests.PacedServer>
{
    private const int BytesPerSecond = 8_000_000;

    [Fact]
    public async Task Exports_AtOnce_ShareTheBytesPerSecond()
    {
        var tenant = await server.CreateTenantWithLargeExportAsync();
        var started = Stopwatch.GetTimestamp();

        var files = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => tenant.Client.Get("/v1/accounts/export?kind=accounts")));

        var bytes = files.Sum(file => file.Expect(200).Text.Length);
        Assert.InRange(bytes, 2 * BytesPerSecond, 4 * BytesPerSecond);

        // The last part of a file does not wait for its own time.
        Assert.True(Stopwatch.GetElapsedTime(started) > 0.9 * TimeSpan.FromSeconds(bytes / (double)BytesPerSecond));
    }

    /// <summary>A server that sends few bytes per second.</summary>
    public sealed class PacedServer(PostgresServer postgres) : AccountsServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["Export:MaxBytesPerSecond"] = $"{BytesPerSecond}",
        };
    }
}

/// <summary>Exports that are larger than what the operating system takes for a client that does not read.</summary>
internal static class LargeExports
{
    private const int Accounts = 140;

    /// <summary>Creates a tenant whose accounts are an export of 8 MB.</summary>
    public static async Task<Tenant> CreateTenantWithLargeExportAsync(this AccountsServer server)
    {
        var tenant = await server.CreateTenantAsync();
        var metadata = new { text = new string('x', 60_000) };
        (await tenant.PostAccountsAsync(Enumerable.Range(0, Accounts).Select(_ => Given.Account(new { metadata })))).Expect(201);
        return tenant;
    }

    /// <summary>Returns the request for the export.</summary>
    public static string Request(string key) =>
        $"GET /v1/accounts/export?kind=accounts HTTP/1.1\r\nHost: localhost\r\nx-api-key: {key}\r\n\r\n";

    /// <summary>Exports records of a kind that there are none of, as soon as the server allows it.</summary>
    public static async Task<Answer> ExportWhenThereIsAPlaceAsync(this Tenant tenant)
    {
        while (true)
        {
            var answer = await tenant.Client.Get("/v1/accounts/export?kind=notes");
            if ((int)answer.Status is not (429 or 503))
            {
                return answer.Expect(200);
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
