using System.CommandLine;
using Thena.Accounts.Api.Hosting;
using Thena.Accounts.Moving.Commands;

namespace Thena.Accounts.Api.Administration;

/// <summary>The command that starts the server. It is also what the program does without a command.</summary>
internal sealed class ServeCommand(CommandHost host)
{
    private readonly Option<string?> _urls = new(ListenAddresses.Option)
    {
        Description = "The addresses to listen on, such as http://localhost:9000. Several are separated by \";\"",
    };

    private readonly Option<string?> _environment = new("--environment")
    {
        Description = "Development, or Production, which is the default",
    };

    private readonly Option<bool> _demo = new("--demo") { Description = "Add demo data first. Only in Development" };

    private readonly Command _serve = new CommandWithExamples(
        "serve", "Starts the server, as without a command", "serve", "serve --urls http://localhost:9000");

    private IEnumerable<Option> Options => [_urls, _environment, _demo];

    /// <summary>Adds the command, and its options to the root.</summary>
    public void AddTo(RootCommand root)
    {
        foreach (var command in (Command[])[root, _serve])
        {
            foreach (var option in Options)
            {
                command.Add(option);
            }

            command.SetAction(ServeAsync);
        }

        root.Add(_serve);
    }

    /// <summary>Returns whether a command line starts the server.</summary>
    public bool Runs(ParseResult parsed) => IsServer(parsed) && parsed.Action == parsed.CommandResult.Command.Action;

    /// <summary>Returns an option of the server that was given to another command, or <see langword="null"/>.</summary>
    public string? FindMisplaced(ParseResult parsed) => IsServer(parsed)
        ? null
        : Options.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false })?.Name;

    private bool IsServer(ParseResult parsed) => parsed.CommandResult.Command is RootCommand || parsed.CommandResult.Command == _serve;

    private async Task<int> ServeAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, string>> settings = [.. host.Settings];
        if (parsed.GetValue(_urls) is { } urls)
        {
            settings.Add(new(WebHostDefaults.ServerUrlsKey, urls));
        }

        if (parsed.GetValue(_environment) is { } environment)
        {
            settings.Add(new(WebHostDefaults.EnvironmentKey, environment));
        }

        if (parsed.GetResult(_demo) is { Implicit: false })
        {
            settings.Add(new(nameof(DemoOptions.Demo), parsed.GetValue(_demo) ? "true" : "false"));
        }

        await using var app = ServerApplication.Build(settings);
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await StartAsync(app);
            await app.WaitForShutdownAsync(CancellationToken.None);
            return 0;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped before the start was complete, for example while waiting for the database.
            return 0;
        }
        catch (Exception exception) when (ListenAddresses.Explain(exception) is { } sentence)
        {
            return await CommandOutput.FailAsync(sentence);
        }
    }

    /// <summary>Starts the server. If it cannot start, ends what runs already, which would fail when its services are gone.</summary>
    private static async Task StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch
        {
            if (app.Services.GetServices<IHostedService>().OfType<BackgroundService>().Any(service => service.ExecuteTask is not null))
            {
                await app.StopAsync();
            }

            throw;
        }
    }
}
