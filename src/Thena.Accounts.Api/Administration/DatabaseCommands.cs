using System.CommandLine;
using Thena.Accounts.Moving.Commands;
using Thena.Accounts.Postgres.Citus;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Schema;

namespace Thena.Accounts.Api.Administration;

/// <summary>The commands for the database.</summary>
internal static class DatabaseCommands
{
    private const int MaxShards = 1_024;

    /// <summary>Creates <c>database</c>.</summary>
    public static Command Create(CommandHost host) => new CommandWithExamples("database", "Manages the database")
    {
        CreateDatabase(host),
        Migrate(host),
        Status(host),
        Distribute(host),
    };

    private static Command CreateDatabase(CommandHost host)
    {
        var command = new CommandWithExamples(
            "create", "Creates the database that ConnectionStrings__Accounts names, if it does not exist", "database create");
        command.SetAction((_, cancellationToken) => RunAsync<DatabaseMigrator, DatabaseCreationResponse>(
            host,
            expectsSchema: false,
            async migrator => new DatabaseCreationResponse(await migrator.CreateAsync(cancellationToken)),
            cancellationToken));
        return command;
    }

    private static Command Migrate(CommandHost host)
    {
        var command = new CommandWithExamples("migrate", "Brings the database schema up to date", "database migrate");
        command.SetAction((_, cancellationToken) => RunAsync<DatabaseMigrator, MigrationResponse>(
            host,
            expectsSchema: false,
            async migrator =>
            {
                await migrator.MigrateAsync(cancellationToken);
                return new MigrationResponse(true);
            },
            cancellationToken));
        return command;
    }

    private static Command Status(CommandHost host)
    {
        var command = new CommandWithExamples(
            "status", "Shows which migrations are applied and pending, the nodes, and the ten largest organizations", "database status");
        command.SetAction((_, cancellationToken) => RunAsync<DatabaseDistributor, DatabaseStatus>(
            host,
            expectsSchema: false, async distributor => await distributor.ReadStatusAsync(cancellationToken), cancellationToken));
        return command;
    }

    private static Command Distribute(CommandHost host)
    {
        var shards = new Option<int>("--shards") { DefaultValueFactory = _ => 32, Description = "The number of shards per table" };
        shards.Validators.Add(result =>
        {
            // A text that is no number is an error already.
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var number) && number is < 1 or > MaxShards)
            {
                result.AddError($"--shards must be between 1 and {MaxShards}.");
            }
        });
        var command = new CommandWithExamples(
            "distribute",
            "Distributes the tables over the nodes of a Citus cluster, by organization",
            "database distribute",
            "database distribute --shards 64")
        {
            shards,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync<DatabaseDistributor, DatabaseStatus>(
            host,
            expectsSchema: true,
            distributor => distributor.DistributeAsync(parsed.GetValue(shards), Console.Error.WriteLine, cancellationToken),
            cancellationToken));
        return command;
    }

    private static Task<int> RunAsync<TService, T>(
        CommandHost host, bool expectsSchema, Func<TService, Task<Result<T>>> action, CancellationToken cancellationToken)
        where TService : notnull => host.OpenAsync(
            expectsSchema,
            services => action(services.GetRequiredService<TService>()),
            cancellationToken: cancellationToken);
}
