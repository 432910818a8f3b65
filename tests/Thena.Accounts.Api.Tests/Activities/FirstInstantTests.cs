using System.Text.Json;

namespace Thena.Accounts.Api.Tests.Activities;

/// <summary>The ends of the calendar. PostgreSQL keeps its first instant as infinity.</summary>
public sealed class FirstInstantTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    [Theory]
    [InlineData("0001-01-01T00:00:00.000Z")]
    [InlineData("0001-01-01T23:59:59.999Z")]
    [InlineData("0001-01-02T00:00:00+01:00")]
    public async Task Create_BeforeTheSecondDayOfTheCalendar_IsRefused(string activityTimestamp)
    {
        var (tenant, accountId) = await server.CreateTenantWithAccountAsync();

        var answer = await tenant.PostRecordAsync(Feature.Activities, accountId, new { activityTimestamp });

        answer.ExpectProblem("activityTimestamp");
    }

    [Theory]
    [InlineData("0001-01-02T00:00:00.000Z")]
    [InlineData("9999-12-31T23:59:59.999Z")]
    public async Task Create_AtTheEndsOfTheCalendar_KeepsTheTime(string activityTimestamp)
    {
        var (tenant, accountId) = await server.CreateTenantWithAccountAsync();

        await tenant.CreateRecordAsync(Feature.Activities, accountId, new { activityTimestamp });

        Assert.Equal(activityTimestamp, (await tenant.ListRecordsAsync(Feature.Activities)).Json[0].Text("activityTimestamp"));
    }

    [Fact]
    public async Task Export_OfAnInfiniteTimeEastOfUtc_ShowsItInUtc()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no TZ.");
        var (tenant, accountId) = await server.CreateTenantWithAccountAsync();
        var id = (await tenant.CreateRecordAsync(Feature.Activities, accountId)).Id;
        await server.ExecuteAsync(
            $"update activities set activity_timestamp = '-infinity' where id = '{Ulid.Parse(id, null).ToGuid()}'");
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            using var process = ServerProcess.Start(
                server.ConnectionString,
                ["export", "--organization", tenant.OrganizationId, "--to", folder.FullName],
                ("TZ", "Asia/Tokyo"));
            var (exitCode, _, error) = await process.ReadToEndAsync();

            Assert.True(exitCode == 0, error);
            var activity = JsonElement.Parse(await File.ReadAllTextAsync(
                Path.Combine(folder.FullName, "activities.ndjson"), TestContext.Current.CancellationToken));
            Assert.Equal("0001-01-01T00:00:00.000Z", activity.Text("activityTimestamp"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
