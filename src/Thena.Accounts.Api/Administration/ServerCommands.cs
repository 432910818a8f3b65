using System.CommandLine;
using Thena.Accounts.Api.Moving;
using Thena.Accounts.Core.Moving;

namespace Thena.Accounts.Api.Administration;

/// <summary>The command that reads from another server.</summary>
internal static class ServerCommands
{
    private const string From = "--from";
    private const string To = "--to";
    private const string DefaultState = "import-state.ndjson";

    /// <summary>Creates the command <c>import server</c>.</summary>
    public static Command Import()
    {
        var from = new Option<string>(From) { Required = true, Description = "The URL of the other server" };
        var fromKey = new Option<string>("--from-key-env")
        {
            Required = true,
            Description = "The name of the environment variable that holds an API key of the other server",
        };
        var organization = new Option<string?>("--organization") { Description = "The organization's ID here" };
        var createUsers = new Option<bool>("--create-users") { Description = "Create users that do not exist here" };
        var (dryRun, defaultUser, report) =
            (MovingCommands.DryRunOption(), MovingCommands.DefaultUserOption(), MovingCommands.ReportOption());
        var to = new Option<string?>(To) { Description = "The URL of a server to write to, instead of an organization here" };
        var toKey = new Option<string?>("--to-key-env")
        {
            Description = "The name of the environment variable that holds an API key of that server",
        };
        var users = new Option<string[]>("--user")
        {
            Description = "With --to: EMAIL=ID or OLD_ID=ID, the ID that a user has at that server. Can be repeated",
        };
        var withoutUsers = new Option<bool>("--without-users") { Description = "With --to: leave out users that are not known there" };
        var state = new Option<string>("--state")
        {
            DefaultValueFactory = _ => DefaultState,
            Description = "With --to: the file that remembers what has been copied",
        };
        var command = new Command("server", "Imports everything that the API of another server shows")
        {
            from, fromKey, organization, dryRun, createUsers, defaultUser, report, to, toKey, users, withoutUsers, state,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(organization) is null == result.GetResult(to) is null)
            {
                result.AddError("Use either --organization or --to.");
            }
            else if (result.GetResult(to) is not null && (result.GetValue(createUsers) || result.GetValue(defaultUser) is not null))
            {
                result.AddError("--create-users and --default-user need --organization.");
            }
            else if (result.GetResult(to) is null != result.GetResult(toKey) is null)
            {
                result.AddError("--to and --to-key-env belong together.");
            }
            else if (result.GetValue(users)?.FirstOrDefault(user => user.Split('=') is not [{ Length: > 0 }, { Length: > 0 }]) is { } wrong)
            {
                result.AddError($"--user must be EMAIL=ID or OLD_ID=ID, not {wrong}.");
            }
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            var source = ServerAccess.FromEnvironment(From, parsed.GetValue(from)!, parsed.GetValue(fromKey)!);
            return parsed.GetValue(to) is { } url
                ? CopyAsync(
                    source,
                    ServerAccess.FromEnvironment(To, url, parsed.GetValue(toKey)!),
                    parsed.GetValue(state)!,
                    new CopyOptions
                    {
                        DryRun = parsed.GetValue(dryRun),
                        WithoutUsers = parsed.GetValue(withoutUsers),
                        Users = (parsed.GetValue(users) ?? []).Select(user => user.Split('='))
                            .DistinctBy(pair => pair[0]).ToDictionary(pair => pair[0], pair => pair[1]),
                    },
                    parsed.GetValue(report),
                    cancellationToken)
                : MovingCommands.ImportAsync(
                    services => Task.FromResult<IRecordSource>(new ServerSource(Connect(services, source), parsed.GetValue(createUsers))),
                    _ => Task.FromResult(parsed.GetValue(organization)!),
                    new ImportOptions { DryRun = parsed.GetValue(dryRun), DefaultUser = parsed.GetValue(defaultUser) },
                    parsed.GetValue(report),
                    cancellationToken);
        });
        return command;
    }

    private static Task<int> CopyAsync(
        ServerAccess from,
        ServerAccess to,
        string state,
        CopyOptions options,
        string? reportFile,
        CancellationToken cancellationToken) =>
        MovingCommands.RunAsync<ImportReport>(
            "Copying",
            MovingCommands.ImportStopped,
            async (services, progress) =>
            {
                using var log = CopyLog.Open(state, from.Address.ToString(), to.Address.ToString());
                return await new RecordCopier(services.GetRequiredService<TimeProvider>()).RunAsync(
                    new ServerSource(Connect(services, from), createsUsers: false),
                    new ServerTarget(Connect(services, to)),
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
