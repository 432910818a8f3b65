using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Thena.Accounts.Api.Hosting;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Moving.Commands;
using Thena.Accounts.Moving.Copying;
using Thena.Accounts.Postgres.Citus;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Schema;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.Administration;

/// <summary>
/// The command line of the server program. Each command prints one JSON object as its last line on stdout and logs to stderr.
/// An error prints one sentence to stderr and exits with 1.
/// </summary>
internal static class CommandLine
{
    private const int MaxShards = 1_024;

    private static readonly MovingHost Host = new();

    /// <summary>Runs one command.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = CreateRoot().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            return await FailAsync(
                string.Join(
                    " ", parsed.Errors.SelectMany(error => error.Message.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries))));
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (
            exception is OldSchemaException or OptionsValidationException or RecordSourceException)
        {
            return await FailAsync(exception.Message);
        }
        catch (Exception exception) when (DatabaseFaults.IsUnavailable(exception))
        {
            return await FailAsync($"The database cannot be reached: {exception.GetBaseException().Message}");
        }
    }

    private static RootCommand CreateRoot() =>
        new("The Thena Platform Accounts API server. Without a command, it starts the server; with --demo, it adds "
            + "demo data first, in Development. Commands manage its database.")
    {
        new Command("organizations", "Manages organizations, the tenants of the server") { CreateOrganization(), ListOrganizations() },
        new Command("users", "Manages the users of an organization") { CreateUser(), ListUsers() },
        new Command("keys", "Manages the API keys of users") { CreateKey(), Bootstrap(), ListKeys(), RevokeKey(), RotateKey() },
        new Command("database", "Manages the database") { Migrate(), Status(), Distribute() },
        MovingCommands.Export(Host),
        MovingCommands.Import(Host),
        MovingCommands.Demo(Host),
        Health(),
    };

    private static Command CreateOrganization()
    {
        var name = new Option<string>("--name") { Required = true, Description = "The organization's name" };
        var tier = TierOption();
        return Command("create", "Creates an organization with default pick lists", [name, tier], (parsed, service, cancellationToken) =>
            service.CreateOrganizationAsync(new(parsed.GetValue(name)!, Tier(parsed, tier)), cancellationToken));
    }

    private static Command ListOrganizations() => Command("list", "Lists all organizations", [], async (_, service, cancellationToken) =>
        new Listing<OrganizationResponse>(await service.ListOrganizationsAsync(cancellationToken)).ToResult());

    private static Command CreateUser()
    {
        var organization = MovingCommands.OrganizationOption();
        var name = new Option<string>("--name") { Required = true, Description = "The user's name" };
        var email = new Option<string>("--email") { Required = true, Description = "The user's email address" };
        var avatarUrl = new Option<string?>("--avatar-url") { Description = "The URL of the user's picture" };
        return Command("create", "Creates a user", [organization, name, email, avatarUrl], (parsed, service, cancellationToken) =>
            service.CreateUserAsync(
                new(parsed.GetValue(organization)!, parsed.GetValue(name)!, parsed.GetValue(email)!, parsed.GetValue(avatarUrl)),
                cancellationToken));
    }

    private static Command ListUsers()
    {
        var organization = MovingCommands.OrganizationOption();
        return Command("list", "Lists an organization's users", [organization], async (parsed, service, cancellationToken) =>
            Listing<UserResponse>.From(await service.ListUsersAsync(parsed.GetValue(organization)!, cancellationToken)));
    }

    private static Command CreateKey()
    {
        var user = new Option<string>("--user") { Required = true, Description = "The ID of the user that the key acts for" };
        var name = new Option<string>("--name") { DefaultValueFactory = _ => "Key", Description = "The key's name" };
        var expiresInDays =
            new Option<int?>("--expires-in-days") { Description = "The number of days until the key expires; by default, it never does" };
        var scopes = new Option<string[]>("--scopes")
        {
            DefaultValueFactory = _ => [.. ApiKeyScopes.All],
            AllowMultipleArgumentsPerToken = true,
            Description = "The scopes of the key",
        };
        scopes.AcceptOnlyFromAmong([.. ApiKeyScopes.All]);
        return Command(
            "create", "Creates a key and shows it once", [user, name, expiresInDays, scopes], (parsed, service, cancellationToken) =>
            service.CreateKeyAsync(
                new(parsed.GetValue(user)!, parsed.GetValue(name)!, parsed.GetValue(expiresInDays), parsed.GetValue(scopes)!),
                cancellationToken));
    }

    private static Command Bootstrap()
    {
        var organization = new Option<string>("--organization") { Required = true, Description = "The new organization's name" };
        var user = new Option<string>("--user") { Required = true, Description = "The new user's name" };
        var email = new Option<string>("--email") { Required = true, Description = "The new user's email address" };
        var tier = TierOption();
        return Command(
            "bootstrap",
            "Creates an organization, a user and a key, and shows the key once",
            [organization, user, email, tier],
            (parsed, service, cancellationToken) =>
            service.BootstrapAsync(
                new(new(parsed.GetValue(organization)!, Tier(parsed, tier)), parsed.GetValue(user)!, parsed.GetValue(email)!),
                cancellationToken));
    }

    private static Command ListKeys()
    {
        var organization = MovingCommands.OrganizationOption();
        return Command(
            "list",
            "Lists an organization's keys, without the keys themselves",
            [organization],
            async (parsed, service, cancellationToken) =>
            Listing<ApiKeyResponse>.From(await service.ListKeysAsync(parsed.GetValue(organization)!, cancellationToken)));
    }

    private static Command RevokeKey()
    {
        var id = IdOption();
        return Command("revoke", "Revokes a key: it stops working within 10 seconds", [id], (parsed, service, cancellationToken) =>
            service.RevokeKeyAsync(parsed.GetValue(id)!, cancellationToken));
    }

    private static Command RotateKey()
    {
        var id = IdOption();
        return Command(
            "rotate",
            "Replaces a key with a new one; the old key stops working within 10 seconds",
            [id],
            (parsed, service, cancellationToken) =>
            service.RotateKeyAsync(parsed.GetValue(id)!, cancellationToken));
    }

    /// <summary>The command line brings the schema up to date before each command, so this one has nothing else to do.</summary>
    private static Command Migrate() => Command<DatabaseMigrator, MigrationResponse>(
        "migrate",
        "Brings the database schema up to date",
        [],
        (_, _, _) => Task.FromResult<Result<MigrationResponse>>(new MigrationResponse(true)));

    private static Command Status() => Command<DatabaseDistributor, DatabaseStatus>(
        "status",
        "Shows the version of the schema, the nodes, and the ten largest organizations",
        [],
        async (_, distributor, cancellationToken) => await distributor.ReadStatusAsync(cancellationToken));

    private static Command Distribute()
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
        return Command<DatabaseDistributor, DatabaseStatus>(
            "distribute",
            "Distributes the tables over the nodes of a Citus cluster, by organization",
            [shards],
            (parsed, distributor, cancellationToken) =>
            distributor.DistributeAsync(parsed.GetValue(shards), Console.Error.WriteLine, cancellationToken));
    }

    private static Command Health()
    {
        var url = new Option<string>("--url")
        {
            DefaultValueFactory = _ => HealthProbe.OwnAddress(),
            Description = "The URL of the server",
        };
        var command = new Command("health", "Checks whether the running server is ready") { url };
        command.SetAction(async (parsed, cancellationToken) => Uri.TryCreate(parsed.GetValue(url), UriKind.Absolute, out var address)
            ? await PrintAsync(await HealthProbe.AskAsync(address, cancellationToken))
            : await FailAsync("--url must be an absolute URL."));
        return command;
    }

    private static Option<string> TierOption()
    {
        var tier = new Option<string>("--tier") { DefaultValueFactory = _ => "standard", Description = "The organization's tier" };
        tier.AcceptOnlyFromAmong("free", "standard", "enterprise");
        return tier;
    }

    private static OrganizationTier Tier(ParseResult parsed, Option<string> tier) =>
        Enum.Parse<OrganizationTier>(parsed.GetValue(tier)!, ignoreCase: true);

    private static Option<string> IdOption() => new("--id") { Required = true, Description = "The key's ID" };

    private static Command Command<T>(
        string name,
        string description,
        IEnumerable<Option> options,
        Func<ParseResult, AdministrationService, CancellationToken, Task<Result<T>>> action) =>
        Command<AdministrationService, T>(name, description, options, action);

    private static Command Command<TService, T>(
        string name,
        string description,
        IEnumerable<Option> options,
        Func<ParseResult, TService, CancellationToken, Task<Result<T>>> action)
        where TService : notnull
    {
        var command = new Command(name, description);
        foreach (var option in options)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => WithServicesAsync(
            services => action(parsed, services.GetRequiredService<TService>(), cancellationToken), cancellationToken));
        return command;
    }

    /// <summary>Opens the server's database, brings its schema up to date, and runs the command.</summary>
    /// <param name="work">Runs the command.</param>
    /// <param name="cancellationToken">Token that cancels the command.</param>
    /// <param name="exitCode">Returns the exit code of a success; by default, it is 0.</param>
    internal static async Task<int> WithServicesAsync<T>(
        Func<IServiceProvider, Task<Result<T>>> work, CancellationToken cancellationToken, Func<T, int>? exitCode = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddDatabase(builder.Configuration);
        builder.Services.AddAccountsLogging(builder.Environment, logsToStandardError: true);
        await using var app = builder.Build();
        await app.Services.GetRequiredService<AccountsDatabase>().OpenAsync(cancellationToken);
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellationToken);
        return await PrintAsync(await work(scope.ServiceProvider), exitCode);
    }

    private static async Task<int> PrintAsync<T>(Result<T> result, Func<T, int>? exitCode = null)
    {
        if (!result.TryGetValue(out var value, out var error))
        {
            return await FailAsync(error.Message);
        }

        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(value, AdministrationJsonContext.Wire.GetTypeInfo(typeof(T))));
        return exitCode?.Invoke(value) ?? 0;
    }

    private static async Task<int> FailAsync(string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return 1;
    }
}
