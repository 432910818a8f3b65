using System.CommandLine;
using Thena.Accounts.Api.Hosting;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Moving.Commands;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Schema;

namespace Thena.Accounts.Api.Administration;

/// <summary>Runs commands on the database of the server. Logs go to stderr.</summary>
internal sealed class CommandHost : ICommandHost
{
    /// <summary>The settings that are arguments.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; set; } = [];

    /// <summary>Defines a command of administration that prints its result as JSON.</summary>
    public Command Define<T>(
        Command command,
        IEnumerable<Option> options,
        Func<ParseResult, AdministrationService, CancellationToken, Task<Result<T>>> action)
    {
        Add(command, options);
        command.SetAction((parsed, cancellationToken) => OpenAsync(
            expectsSchema: true,
            services => action(parsed, services.GetRequiredService<AdministrationService>(), cancellationToken),
            cancellationToken: cancellationToken));
        return command;
    }

    /// <summary>Defines a command of administration that prints a list.</summary>
    public Command DefineList<T>(
        Command command,
        IEnumerable<Option> options,
        Func<ParseResult, AdministrationService, CancellationToken, Task<Result<Listing<T>>>> action)
    {
        var output = CommandOutput.CreateOption(isTable: !Console.IsOutputRedirected);
        Add(command, [.. options, output]);
        command.SetAction((parsed, cancellationToken) => OpenAsync(
            expectsSchema: true,
            services => action(parsed, services.GetRequiredService<AdministrationService>(), cancellationToken),
            rows =>
            {
                (parsed.IsTable(output) ? CommandOutput.WriteTable : (Action<Listing<T>>)CommandOutput.WriteJson)(rows);
                return 0;
            },
            cancellationToken));
        return command;
    }

    public Task<int> RunAsync<T>(
        Func<IServiceProvider, Task<Result<T>>> work, Func<T, int> exitCode, CancellationToken cancellationToken) =>
        OpenAsync(
            expectsSchema: true,
            work,
            value =>
            {
                CommandOutput.WriteJson(value);
                return exitCode(value);
            },
            cancellationToken);

    /// <summary>Opens the database of the server, and runs a command.</summary>
    /// <param name="expectsSchema">
    /// Whether the schema must be that of this program. No command changes it by the way: that is left to the owner of the database.
    /// An embedded database has no other owner.
    /// </param>
    /// <param name="work">Runs the command.</param>
    /// <param name="show">Prints the result, and returns the exit code. By default, the result is printed as JSON.</param>
    /// <param name="cancellationToken">Token that cancels the command.</param>
    public async Task<int> OpenAsync<T>(
        bool expectsSchema,
        Func<IServiceProvider, Task<Result<T>>> work,
        Func<T, int>? show = null,
        CancellationToken cancellationToken = default)
    {
        await using var app = ServerApplication.CreateBuilder(Settings, logsToStandardError: true).Build();
        var database = app.Services.GetRequiredService<AccountsDatabase>();
        await database.OpenAsync(cancellationToken);
        await using var scope = app.Services.CreateAsyncScope();
        if (expectsSchema)
        {
            var migrator = scope.ServiceProvider.GetRequiredService<DatabaseMigrator>();
            if (database.IsEmbedded)
            {
                await migrator.MigrateAsync(cancellationToken);
            }

            (await migrator.ReadStateAsync(cancellationToken)).ExpectSame();
        }

        var result = await work(scope.ServiceProvider);
        return result.TryGetValue(out var value, out var error)
            ? (show ?? ShowJson)(value)
            : await CommandOutput.FailAsync(error.Message);
    }

    public async Task<string?> FindDefaultOrganizationAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<IHostEnvironment>().IsDevelopment()
            ? (await services.GetRequiredService<DevelopmentOrganization>().PrepareAsync(cancellationToken)).OrganizationId
            : null;

    private static int ShowJson<T>(T value)
    {
        CommandOutput.WriteJson(value);
        return 0;
    }

    private static void Add(Command command, IEnumerable<Option> options)
    {
        foreach (var option in options)
        {
            command.Add(option);
        }
    }
}
