using System.CommandLine;

namespace Thena.Accounts.Api.Arguments;

/// <summary>Tells settings among the arguments, such as <c>--RateLimit:RequestsPerMinute=0</c>, from options.</summary>
internal static class SettingArguments
{
    /// <summary>Settings of ASP.NET Core that belong to no section.</summary>
    private static readonly HashSet<string> HostSettings = new(StringComparer.OrdinalIgnoreCase)
    {
        WebHostDefaults.ApplicationKey,
        WebHostDefaults.CaptureStartupErrorsKey,
        WebHostDefaults.ContentRootKey,
        WebHostDefaults.DetailedErrorsKey,
        WebHostDefaults.EnvironmentKey,
        WebHostDefaults.HostingStartupAssembliesKey,
        WebHostDefaults.HttpPortsKey,
        WebHostDefaults.HttpsPortsKey,
        WebHostDefaults.PreventHostingStartupKey,
        WebHostDefaults.ServerUrlsKey,
        WebHostDefaults.ShutdownTimeoutKey,
        WebHostDefaults.SuppressStatusMessagesKey,
        WebHostDefaults.WebRootKey,
    };

    /// <summary>How the names of the settings of OpenTelemetry begin.</summary>
    private const string TelemetryPrefix = "OTEL_";

    /// <summary>Separates the settings.</summary>
    /// <param name="arguments">The arguments of the program.</param>
    /// <param name="root">The command line, whose options are no settings.</param>
    /// <returns>The settings by name, and all other arguments in their order.</returns>
    public static (List<KeyValuePair<string, string>> Settings, List<string> Others) Split(string[] arguments, Command root)
    {
        var options = Options(root).SelectMany(option => (string[])[option.Name, .. option.Aliases]).ToHashSet(StringComparer.Ordinal);
        List<KeyValuePair<string, string>> settings = [];
        List<string> others = [];
        for (var i = 0; i < arguments.Length; i++)
        {
            var (name, value) = arguments[i].Split('=', 2) is [var left, var right] ? (left, right) : (arguments[i], null);
            if (!name.StartsWith("--", StringComparison.Ordinal) || options.Contains(name.Split(':')[0]) || !IsSetting(name[2..]))
            {
                // What starts the server in tests also lists the sections of its settings, without a value.
                if (value is not "" || !arguments.Any(other => other.StartsWith($"{name}:", StringComparison.Ordinal)))
                {
                    others.Add(arguments[i]);
                }
            }
            else if (value is not null || i + 1 < arguments.Length)
            {
                settings.Add(new(name[2..], value ?? arguments[++i]));
            }
            else
            {
                others.Add(arguments[i]);
            }
        }

        return (settings, others);
    }

    private static bool IsSetting(string name) => name.Contains(':', StringComparison.Ordinal)
        || HostSettings.Contains(name)
        || name.StartsWith(TelemetryPrefix, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<Option> Options(Command command) => command.Options.Concat(command.Subcommands.SelectMany(Options));
}
