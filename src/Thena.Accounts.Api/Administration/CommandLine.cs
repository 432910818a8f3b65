using System.CommandLine;
using System.CommandLine.Help;
using System.Data.Common;
using Microsoft.Extensions.Options;
using Thena.Accounts.Api.Arguments;
using Thena.Accounts.Moving.Commands;
using Thena.Accounts.Moving.Copying;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Schema;

namespace Thena.Accounts.Api.Administration;

/// <summary>
/// The command line of the program, the server included. A mistake prints one sentence to stderr and exits with 1. It never starts a
/// server.
/// </summary>
internal static class CommandLine
{
    /// <summary>The name of the program.</summary>
    private const string Name = "thena-accounts";

    /// <summary>The commands that neither run the server nor open its database.</summary>
    private static readonly string[] WithoutSettings = ["completion", "health", "help"];

    private static readonly ParserConfiguration Parser = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>Runs the program.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var host = new CommandHost();
        var server = new ServeCommand(host);
        var root = CreateRoot(host, server);
        var (settings, others) = SettingArguments.Split(args, root);
        host.Settings = settings;
        var parsed = root.Parse(others, Parser);
        if (parsed.Errors.Count > 0)
        {
            return await CommandOutput.FailAsync(ParseProblems.Explain(parsed));
        }

        if (FindMisplaced(parsed, server, host) is { } misplaced)
        {
            return await CommandOutput.FailAsync(misplaced);
        }

        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
        if (server.Runs(parsed))
        {
            // The server handles signals itself, and takes more time to end.
            invocation.ProcessTerminationTimeout = null;
        }

        try
        {
            return await parsed.InvokeAsync(invocation);
        }
        catch (OperationCanceledException exception) when (exception.InnerException is not TimeoutException)
        {
            await CommandOutput.FailAsync("Stopped.");
            return MovingCommands.Stopped;
        }
        catch (Exception exception) when (Explain(exception) is { } sentence)
        {
            return await CommandOutput.FailAsync(sentence);
        }
    }

    /// <summary>Returns why the program cannot go on, or <see langword="null"/> if an exception is a fault of the program.</summary>
    internal static string? Explain(Exception exception) => exception switch
    {
        UnfitDatabaseException or RecordSourceException => exception.Message,
        OptionsValidationException invalid => string.Join(' ', invalid.Failures),
        AggregateException { InnerExceptions: var all } when all.All(one => one is OptionsValidationException) => Explain(all[0]),
        _ when DatabaseFaults.IsUnavailable(exception) => $"The database cannot be reached: {DatabaseFaults.Describe(exception)}",
        _ when exception.GetBaseException() is DbException => $"PostgreSQL has refused: {DatabaseFaults.Describe(exception)}",
        IOException or UnauthorizedAccessException => exception.Message,
        _ => null,
    };

    /// <summary>Creates all commands.</summary>
    internal static RootCommand CreateRoot(CommandHost host, ServeCommand server)
    {
        var root = new RootCommand(
            "The Thena Accounts API server. Without a command, it starts the server. Settings of docs/configuration.md can be added as "
            + "--Section:Name=value, also to commands that use the database.")
        {
            HelpName = Name,
        };
        server.AddTo(root);
        root.Add(OrganizationCommands.Create(host));
        root.Add(UserCommands.Create(host));
        root.Add(KeyCommands.Create(host));
        root.Add(DatabaseCommands.Create(host));
        root.Add(MovingCommands.Export(host));
        root.Add(MovingCommands.Import(host));
        root.Add(MovingCommands.Demo(host));
        root.Add(DoctorCommand.Create(host));
        root.Add(HealthCommand.Create());
        root.Add(CompletionCommand.Create());

        var help = root.Options.OfType<HelpOption>().Single();
        var action = new HelpWithExamples((HelpAction)help.Action!);
        help.Action = action;
        foreach (var group in root.Subcommands.Where(command => command.Subcommands.Count > 0))
        {
            group.SetAction(action.Invoke);
        }

        root.Add(CreateHelp(root));
        return root;
    }

    /// <summary>Explains an option or setting that was given to a command that does not take it.</summary>
    private static string? FindMisplaced(ParseResult parsed, ServeCommand server, CommandHost host)
    {
        var command = ParseProblems.Path(parsed.CommandResult.Command);
        return server.FindMisplaced(parsed) is { } option ? $"{option} is for the server, not for \"{command}\"."
            : host.Settings is [var setting, ..] && WithoutSettings.Contains(command) ? $"\"{command}\" takes no setting --{setting.Key}."
            : null;
    }

    private static Command CreateHelp(RootCommand root)
    {
        var words = new Argument<string[]>("command") { Arity = ArgumentArity.ZeroOrMore, Description = "The command to explain" };
        var command = new CommandWithExamples("help", "Explains a command", "help keys create") { words };
        command.SetAction(async parsed =>
        {
            var target = root.Parse(parsed.GetValue(words) ?? [], Parser);
            return target.UnmatchedTokens.Count > 0
                ? await CommandOutput.FailAsync(ParseProblems.Explain(target))
                : await root.Parse([.. parsed.GetValue(words) ?? [], "--help"], Parser).InvokeAsync();
        });
        return command;
    }
}
