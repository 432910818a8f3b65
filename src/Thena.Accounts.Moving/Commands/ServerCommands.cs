using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Moving.Copying;
using Thena.Accounts.Moving.Reports;
using Thena.Accounts.Moving.Servers;

namespace Thena.Accounts.Moving.Commands;

/// <summary>The command that reads from another server.</summary>
internal static class ServerCommands
{
    private const string From = "--from";
    private const string To = "--to";

    private static readonly Option<string> SourceUrl = new(From) { Required = true, Description = "The URL of the other server" };

    private static readonly Option<string> SourceKey = new("--from-key-env")
    {
        Required = true,
        Description = "The name of the environment variable that holds an API key of the other server",
    };

    private static readonly Option<string?> Organization = new("--organization") { Description = "The organization's ID here" };

    private static readonly Option<bool> CreateUsers = new("--create-users") { Description = "Create users that do not exist here" };

    private static readonly Option<bool> DryRun = MovingCommands.DryRunOption();

    private static readonly Option<string?> DefaultUser = MovingCommands.DefaultUserOption();

    private static readonly Option<string?> Report = MovingCommands.ReportOption();

    private static readonly Option<string?> TargetUrl = new(To)
    {
        Description = "The URL of a server to write to, instead of an organization here",
    };

    private static readonly Option<string?> TargetKey = new("--to-key-env")
    {
        Description = "The name of the environment variable that holds an API key of that server",
    };

    private static readonly Option<string[]> Users = new("--user")
    {
        Description = "With --to: EMAIL=ID or OLD_ID=ID, the ID that a user has at that server. Can be repeated",
    };

    private static readonly Option<bool> WithoutUsers = new("--without-users")
    {
        Description = "With --to: leave out users that are not known there",
    };

    private static readonly Option<string> State = new("--state")
    {
        DefaultValueFactory = _ => "import-state.ndjson",
        Description = "With --to: the file that remembers what has been copied",
    };

    /// <summary>Creates the command <c>import server</c>.</summary>
    public static Command Import(ICommandHost host)
    {
        var command = new CommandWithExamples(
            "server",
            "Imports everything that the API of another server shows",
            "import server --from https://api.example.com --from-key-env OLD_KEY --organization ID --create-users",
            "import server --from http://localhost:8000 --from-key-env KEY --to https://api.example.com --to-key-env NEW_KEY")
        {
            SourceUrl, SourceKey, Organization, DryRun, CreateUsers, DefaultUser, Report, TargetUrl, TargetKey, Users, WithoutUsers, State,
        };
        command.Validators.Add(Validate);
        command.SetAction((parsed, cancellationToken) => RunAsync(host, parsed, cancellationToken));
        return command;
    }

    private static void Validate(CommandResult result)
    {
        if (result.GetResult(Organization) is null == result.GetResult(TargetUrl) is null)
        {
            result.AddError("Use either --organization or --to.");
        }
        else if (result.GetResult(TargetUrl) is not null && (result.GetValue(CreateUsers) || result.GetValue(DefaultUser) is not null))
        {
            result.AddError("--create-users and --default-user need --organization.");
        }
        else if (result.GetResult(TargetUrl) is null != result.GetResult(TargetKey) is null)
        {
            result.AddError("--to and --to-key-env belong together.");
        }
        else if (result.GetValue(Users)?.FirstOrDefault(user => user.Split('=') is not [{ Length: > 0 }, { Length: > 0 }]) is { } wrong)
        {
            result.AddError($"--user must be EMAIL=ID or OLD_ID=ID, not {wrong}.");
        }
    }

    private static Task<int> RunAsync(ICommandHost host, ParseResult parsed, CancellationToken cancellationToken)
    {
        var source = ServerAccess.FromEnvironment(From, parsed.GetValue(SourceUrl)!, parsed.GetValue(SourceKey)!);
        return parsed.GetValue(TargetUrl) is { } url
            ? CopyAsync(
                host,
                source,
                ServerAccess.FromEnvironment(To, url, parsed.GetValue(TargetKey)!),
                parsed.GetValue(State)!,
                new CopyOptions
                {
                    DryRun = parsed.GetValue(DryRun),
                    WithoutUsers = parsed.GetValue(WithoutUsers),
                    Users = (parsed.GetValue(Users) ?? []).Select(user => user.Split('='))
                        .DistinctBy(pair => pair[0]).ToDictionary(pair => pair[0], pair => pair[1]),
                },
                parsed.GetValue(Report),
                cancellationToken)
            : MovingCommands.ImportAsync(
                host,
                services => Task.FromResult<IRecordSource>(new ServerSource(Connect(services, source), parsed.GetValue(CreateUsers))),
                _ => Task.FromResult(parsed.GetValue(Organization)!),
                new ImportOptions { DryRun = parsed.GetValue(DryRun), DefaultUser = parsed.GetValue(DefaultUser) },
                parsed.GetValue(Report),
                cancellationToken);
    }

    private static Task<int> CopyAsync(
        ICommandHost host,
        ServerAccess from,
        ServerAccess to,
        string state,
        CopyOptions options,
        string? reportFile,
        CancellationToken cancellationToken) =>
        MovingCommands.RunAsync<ImportReport>(
            host,
            "Copying",
            MovingCommands.ImportStopped,
            async (services, progress) =>
            {
                using var log = CopyLog.Open(state, from.Address.ToString(), to.Address.ToString());
                return await new RecordCopier(services.GetRequiredService<TimeProvider>()).RunAsync(
                    new ServerSource(Connect(services, from), createsUsers: false),
                    Connect(services, to),
                    log,
                    options,
                    progress,
                    cancellationToken);
            },
            report => MovingCommands.Finish(report, reportFile),
            cancellationToken);

    private static ServerConnection Connect(IServiceProvider services, ServerAccess access) => new(
        services.GetRequiredService<IHttpClientFactory>().CreateClient(ServerClient.Name),
        access,
        services.GetRequiredService<TimeProvider>());
}
