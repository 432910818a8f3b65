namespace Thena.Accounts.Api.Tests.Hosting;

/// <summary>The server with a wrong configuration.</summary>
public sealed class ConfigurationTests
{
    private const string Database = "ConnectionStrings__Accounts";

    [Theory]
    [InlineData(Database, "", "No database is configured")]
    [InlineData(Database, "Host=localhost;Pasword=hunter2", "cannot be used: it is not of the form Host=")]
    [InlineData(Database, "Host=localhost;Password=hunter2;Timeout=soon", "cannot be used: it is not of the form Host=")]
    [InlineData(Database, "Database=accounts;Password=hunter2", "ConnectionStrings__Accounts cannot be used: it names no Host")]
    [InlineData("RateLimit__RequestsPerMinute", "-1", "RequestsPerMinute")]
    [InlineData("RateLimit__RequestsPerMinute", "abc", "RateLimit__RequestsPerMinute must be a whole number, not \"abc\".")]
    [InlineData("RateLimit__RequestsPerMinute", "", "RateLimit__RequestsPerMinute must be a whole number, not \"\".")]
    [InlineData("RateLimit__RequestPerMinute", "5", "RateLimit__RequestPerMinute: did you mean RateLimit__RequestsPerMinute?")]
    [InlineData("Import__Retry__Delai", "00:00:01", "Import__Retry__Delai: did you mean Import__Retry__Delay?")]
    [InlineData("Import__Retry__Delay", "soon", "Import__Retry__Delay must be a duration such as 00:00:30, not \"soon\".")]
    [InlineData("Webhooks__AllowHttp", "maybe", "Webhooks__AllowHttp must be true or false, not \"maybe\".")]
    [InlineData("Export__Colour", "red", "There is no setting Export__Colour: docs/configuration.md lists all settings.")]
    [InlineData("Database__LockTimeoutSeconds", "99999", "Database__LockTimeoutSeconds must be between 0 and 3600.")]
    [InlineData("urls", "http://localhost:abc", "The server cannot listen on \"http://localhost:abc\"")]
    [InlineData("Network__TrustedProxies", "10.0.0.0/8", "has several values: number them, as in Network__TrustedProxies__0.")]
    [InlineData("Network__AllowedOrigins__0", "https://app.example.com/", "Network:AllowedOrigins needs origins")]
    public async Task Start_WithAMistake_EndsWithOneAndASentenceThatHoldsNoSecret(string setting, string value, string sentence)
    {
        var run = setting == Database
            ? CommandRun.OnDatabaseAsync(value)
            : CommandRun.OnDatabaseAsync(ServerProcess.NoDatabase, $"--{setting.Replace("__", ":", StringComparison.Ordinal)}={value}");

        Expect(sentence, await run);
    }

    [Theory]
    [InlineData(Database, "hunter2", "cannot be used: it is not of the form Host=")]
    [InlineData("RATELIMITS__REQUESTSPERMINUTE", "5", "RATELIMITS__REQUESTSPERMINUTE: did you mean RateLimit__RequestsPerMinute?")]
    [InlineData("ConnectionString__Accounts", "Host=a", "ConnectionString__Accounts: did you mean ConnectionStrings__Accounts?")]
    [InlineData("Demo", "perhaps", "Demo must be true or false, not \"perhaps\".")]
    [InlineData("ASPNETCORE_URLS", "nonsense", "The server cannot listen on \"nonsense\"")]
    [InlineData("Network__TrustedProxies__0", "proxy", "Network:TrustedProxies needs addresses")]
    public async Task Start_WithAMistakeInTheEnvironment_EndsInTheSameWay(string variable, string value, string sentence)
    {
        using var process = ServerProcess.Start(ServerProcess.NoDatabase, environment: (variable, value));

        Expect(sentence, await process.ReadToEndAsync());
    }

    [Fact]
    public async Task Command_WithAnUnknownSetting_RefusesToRun()
    {
        using var process = ServerProcess.Start(
            ServerProcess.NoDatabase, ["database", "migrate"], ("Database__LockTimeoutSecond", "1"));

        Assert.Equal(
            (
                1, "",
                "There is no setting Database__LockTimeoutSecond: did you mean Database__LockTimeoutSeconds?" + Environment.NewLine),
            await process.ReadToEndAsync());
    }

    private static void Expect(string sentence, (int ExitCode, string Output, string Error) ended)
    {
        Assert.Equal((1, ""), (ended.ExitCode, ended.Output));
        Assert.Contains(sentence, Assert.Single(ended.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", ended.Error, StringComparison.Ordinal);
    }
}
