using System.CommandLine;
using Thena.Accounts.Moving.Commands;

namespace Thena.Accounts.Api.Administration;

/// <summary>The command that asks the running server whether it is ready.</summary>
internal static class HealthCommand
{
    /// <summary>Creates <c>health</c>.</summary>
    public static Command Create()
    {
        var url = new Option<string>("--url")
        {
            DefaultValueFactory = _ => HealthProbe.OwnAddress(),
            Description = "The URL of the server",
        };
        var command = new CommandWithExamples(
            "health", "Checks whether the running server is ready", "health", "health --url http://localhost:8000")
        {
            url,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (!Uri.TryCreate(parsed.GetValue(url), UriKind.Absolute, out var address))
            {
                return await CommandOutput.FailAsync("--url (by default, ASPNETCORE_URLS) must be an absolute URL.");
            }

            var result = await HealthProbe.AskAsync(address, cancellationToken);
            if (!result.TryGetValue(out var health, out var error))
            {
                return await CommandOutput.FailAsync(error.Message);
            }

            CommandOutput.WriteJson(health);
            return 0;
        });
        return command;
    }
}
