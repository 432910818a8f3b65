namespace Thena.Accounts.Api.Tests.Hosting;

/// <summary>The server process with a wrong configuration.</summary>
public sealed class ConfigurationTests
{
    private const string Database = "ConnectionStrings__Accounts";

    [Theory]
    [InlineData(Database, "", "No database is configured")]
    [InlineData(Database, "hunter2", "cannot be used: it is not of the form Host=")]
    [InlineData(Database, "Host=localhost;Pasword=hunter2", "cannot be used: it is not of the form Host=")]
    [InlineData(Database, "Host=localhost;Password=hunter2;Timeout=soon", "cannot be used: it is not of the form Host=")]
    [InlineData(Database, "Database=accounts;Password=hunter2", "ConnectionStrings__Accounts cannot be used: it names no Host")]
    [InlineData("RateLimit__RequestsPerMinute", "-1", "RequestsPerMinute")]
    [InlineData("Network__TrustedProxies__0", "proxy", "Network:TrustedProxies needs addresses")]
    [InlineData("Network__AllowedOrigins__0", "https://app.example.com/", "Network:AllowedOrigins needs origins")]
    public async Task Start_WithAMistake_EndsWithOneAndASentenceThatHoldsNoSecret(string setting, string value, string sentence)
    {
        using var process = ServerProcess.Start(ServerProcess.NoDatabase, environment: (setting, value));
        var (exitCode, output, error) = await process.ReadToEndAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains(sentence, error.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", output + error, StringComparison.Ordinal);
    }
}
