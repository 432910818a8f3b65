using System.Globalization;
using Microsoft.Extensions.Options;
using Thena.Accounts.Api.Hosting;
using Thena.Accounts.Api.Intake;
using Thena.Accounts.Postgres.Diagnosis;

namespace Thena.Accounts.Api.Administration;

/// <summary>Checks everything that the server needs, with the settings and services of the server itself, which is not started.</summary>
internal static class ServerDiagnosis
{
    private const int Megabyte = 1_024 * 1_024;

    /// <summary>Runs the checks. Mistakes in settings come first and alone: nothing can be checked without them.</summary>
    /// <param name="settings">The settings that are arguments of the program, by name.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public static async Task<IReadOnlyList<Check>> RunAsync(
        IReadOnlyCollection<KeyValuePair<string, string>> settings, CancellationToken cancellationToken)
    {
        const string Name = "settings";
        try
        {
            await using var app = ServerApplication.Build(settings, logsToStandardError: true);
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            await app.Services.GetRequiredService<AccountsDatabase>().OpenAsync(cancellationToken);
            await using var scope = app.Services.CreateAsyncScope();
            return
            [
                Check.Ok(Name, $"all are valid ({app.Environment.EnvironmentName})"),
                .. await scope.ServiceProvider.GetRequiredService<DatabaseDiagnosis>().RunAsync(cancellationToken),
                CheckProxies(app.Services.GetRequiredService<IOptions<NetworkOptions>>().Value),
                CheckTemporaryFolder(app.Services.GetRequiredService<IOptions<IntakeOptions>>().Value),
            ];
        }
        catch (Exception exception)
            when (exception is OptionsValidationException or AggregateException
                && CommandLine.Explain(exception) is { } sentence)
        {
            return [Check.Fail(Name, sentence.TrimEnd('.'), "docs/configuration.md lists all settings.")];
        }
    }

    private static Check CheckProxies(NetworkOptions network)
    {
        const string Name = "proxies";
        return network.TrustedProxies.FirstOrDefault(proxy => Network.ParseProxy(proxy) is { PrefixLength: 0 }) is { } everybody
            ? Check.Fail(
                Name,
                $"Network__TrustedProxies trusts every address ({everybody}), so that any client can pretend to have another one",
                "List only the addresses of your proxies.")
            : network.TrustedProxies.Count == 0
                ? Check.Ok(Name, "none is trusted, which is right unless clients reach the server through one")
                : Check.Ok(Name, $"trusted: {string.Join(", ", network.TrustedProxies)}");
    }

    private static Check CheckTemporaryFolder(IntakeOptions intake)
    {
        const string Name = "temporary folder";
        var folder = Environment.GetEnvironmentVariable("ASPNETCORE_TEMP") is { Length: > 0 } own ? own : Path.GetTempPath();
        if (!Directory.Exists(folder))
        {
            return Check.Fail(Name, $"{folder} does not exist", "Create it, or set TMPDIR or ASPNETCORE_TEMP.");
        }

        var free = new DriveInfo(folder).AvailableFreeSpace / Megabyte;
        var found = string.Create(
            CultureInfo.InvariantCulture, $"{folder} has {free} MB, imports of files use up to {intake.FileMegabytes} MB");
        return free >= intake.FileMegabytes
            ? Check.Ok(Name, found)
            : Check.Warn(Name, found, "Make the folder larger, set TMPDIR to another one, or lower Intake__FileMegabytes.");
    }
}
