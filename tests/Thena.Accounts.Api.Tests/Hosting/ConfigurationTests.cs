using System.Diagnostics;

namespace Thena.Accounts.Api.Tests.Hosting;

/// <summary>The server as a process that is configured wrongly.</summary>
public sealed class ConfigurationTests
{
    private const string Database = "ConnectionStrings__Accounts";

    [Theory]
    [InlineData(Database, "", "No database is configured")]
    [InlineData(Database, "geheim", "ConnectionStrings__Accounts cannot be used: it is not of the form Host=")]
    [InlineData(Database, "Host=localhost;Passwort=geheim", "ConnectionStrings__Accounts cannot be used: it is not of the form Host=")]
    [InlineData(Database, "Host=localhost;Password=geheim;Timeout=soon", "ConnectionStrings__Accounts cannot be used: it is not of the form Host=")]
    [InlineData(Database, "Database=accounts;Password=geheim", "ConnectionStrings__Accounts cannot be used: it names no Host")]
    [InlineData("RateLimit__RequestsPerMinute", "-1", "RequestsPerMinute")]
    [InlineData("Network__TrustedProxies__0", "proxy", "Network:TrustedProxies needs addresses")]
    [InlineData("Network__AllowedOrigins__0", "https://app.example.com/", "Network:AllowedOrigins needs origins")]
    public async Task Start_WithAMistake_EndsWithOneAndASentenceThatHoldsNoSecret(string setting, string value, string sentence)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment[Database] = "Host=127.0.0.1;Port=1;Database=accounts;Username=accounts";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment[setting] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, process.ExitCode);
        Assert.Contains(sentence, error.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", await output + error, StringComparison.Ordinal);
    }
}
