namespace Thena.Accounts.Api.Tests.Administration;

/// <summary>Words that the program does not know: none of them starts a server, and each ends with one sentence.</summary>
public sealed class CommandLineMistakesTests
{
    [Theory]
    [InlineData("-v", "There is no option -v: did you mean --version?")]
    [InlineData("--dmeo", "There is no option --dmeo: did you mean --demo?")]
    [InlineData("serve --dmeo=true", "There is no option --dmeo: did you mean --demo?")]
    [InlineData("--port 41874", "There is no option --port: did you mean --urls?")]
    [InlineData("urls=http://localhost:41874", "There is no command \"urls=http://localhost:41874\": see \"thena-accounts --help\".")]
    [InlineData("@arguments", "There is no command \"@arguments\": see \"thena-accounts --help\".")]
    [InlineData("start", "There is no command \"start\": did you mean \"serve\"?")]
    [InlineData("organisations list", "There is no command \"organisations\": did you mean \"organizations\"?")]
    [InlineData("bootstrap --organization Acme", "There is no command \"bootstrap\": did you mean \"keys bootstrap\"?")]
    [InlineData("keys lst", "There is no command \"lst\": did you mean \"list\"?")]
    [InlineData("keys list -v", "There is no option -v: see \"thena-accounts keys list --help\".")]
    [InlineData("keys create --usr 1", "There is no option --usr: did you mean --user?")]
    [InlineData("keys revoke --id 1 2", "\"keys revoke\" takes no \"2\": see \"thena-accounts keys revoke --help\".")]
    [InlineData("keys create", "\"keys create\" needs --user.")]
    [InlineData("users create", "\"users create\" needs --organization, --name and --email.")]
    [InlineData("import files --organization 1", "\"import files\" needs FOLDER.")]
    [InlineData("keys create --user", "--user needs a value.")]
    [InlineData("keys create --user 1 --expires-in-days abc", "--expires-in-days must be a whole number, not \"abc\".")]
    [InlineData("organizations create --name x --tier gold", "--tier must be enterprise, free or standard, not \"gold\".")]
    [InlineData("organizations list --output tabel", "--output must be json or table, not \"tabel\".")]
    [InlineData("completion tcsh", "SHELL must be bash, fish or zsh, not \"tcsh\".")]
    [InlineData("help keys creat", "There is no command \"creat\": did you mean \"create\"?")]
    [InlineData("--demo keys list --organization 1", "--demo is for the server, not for \"keys list\".")]
    [InlineData("health --Network:AllowedOrigins=*", "\"health\" takes no setting --Network:AllowedOrigins.")]
    [InlineData(
        "organizations list --Database:LockTimeoutSecond=1",
        "There is no setting Database__LockTimeoutSecond: did you mean Database__LockTimeoutSeconds?")]
    [InlineData(
        "keys list --organization 1 --RateLimit:RequestsPerMinute=abc",
        "RateLimit__RequestsPerMinute must be a whole number, not \"abc\".")]
    [InlineData(
        "--RateLimit:RequestPerMinute=5",
        "There is no setting RateLimit__RequestPerMinute: did you mean RateLimit__RequestsPerMinute?")]
    [InlineData(
        "--RateLimits:RequestsPerMinute 5",
        "There is no setting RateLimits__RequestsPerMinute: did you mean RateLimit__RequestsPerMinute?")]
    [InlineData("--Other:Name=1", "There is no setting Other__Name: docs/configuration.md lists all settings.")]
    [InlineData("--RateLimit:RequestsPerMinute", "There is no option --RateLimit: see \"thena-accounts --help\".")]
    [InlineData(
        "--urls=nonsense",
        "The server cannot listen on \"nonsense\": --urls and ASPNETCORE_URLS need an address such as http://localhost:8001.")]
    [InlineData(
        "serve --urls http://localhost:70000",
        "The server cannot listen on \"http://localhost:70000\": --urls and ASPNETCORE_URLS need an address such as http://localhost:8001.")]
    public async Task Run_WithAMistake_ExitsWithOneAndOneSentence(string arguments, string sentence)
    {
        Assert.Equal((1, "", sentence + Environment.NewLine), await CommandRun.WithoutDatabaseAsync(arguments.Split(' ')));
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("--RateLimit:RequestsPerMinute=5")]
    [InlineData("--ratelimit:requestsperminute 5")]
    [InlineData("--Serilog:MinimumLevel:Default=Information")]
    [InlineData("--urls http://127.0.0.1:0 --environment=Production")]
    public async Task Run_WithSettingsOfTheServer_StartsIt(string arguments)
    {
        using var process = ServerProcess.Start(ServerProcess.NoDatabase, arguments.Split(' '));
        try
        {
            Assert.Contains(
                "Waiting for the database",
                await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken),
                StringComparison.Ordinal);
        }
        finally
        {
            process.Kill();
        }
    }
}
