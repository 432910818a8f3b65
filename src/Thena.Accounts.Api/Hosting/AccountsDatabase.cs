using Microsoft.Extensions.Options;
using Thena.Accounts.Api.Development;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Schema;

namespace Thena.Accounts.Api.Hosting;

/// <summary>
/// The database of this process: the one that <c>ConnectionStrings:Accounts</c> names. In Development, the default is the one for
/// development, if the program has one.
/// </summary>
internal sealed class AccountsDatabase(
    IConfiguration configuration,
    IHostEnvironment environment,
    IOptions<DatabaseOptions> options,
    ILogger<AccountsDatabase> logger,
    IDevelopmentDatabase? development = null)
{
    /// <summary>The name of the connection string.</summary>
    public const string Name = "Accounts";

    private static readonly TimeSpan MinRetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(15);

    private string? _connectionString;

    /// <summary>The connection string, available after <see cref="OpenAsync"/>.</summary>
    public string ConnectionString => _connectionString ?? throw new InvalidOperationException("The database has not been opened.");

    /// <summary>Whether the database is an embedded one, which belongs to this program alone.</summary>
    public bool IsEmbedded => development?.Directory is not null;

    /// <summary>
    /// The folder for a developer's own files: the folder of the database for development, or else one in the user's application data.
    /// </summary>
    public string DevelopmentDirectory => development?.Directory
        ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
            "thena-accounts");

    /// <summary>Finds the configured database, or starts the one for development.</summary>
    /// <exception cref="OptionsValidationException">
    /// No database is configured, the connection string is invalid, or the database for development cannot be started.
    /// </exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (configuration.GetConnectionString(Name) is { Length: > 0 } named)
        {
            _connectionString = DatabaseConnections.Check(named) is { } problem
                ? throw Invalid($"ConnectionStrings__{Name} cannot be used: {problem}.")
                : named;
            return;
        }

        if (!environment.IsDevelopment() || development is null)
        {
            throw Invalid(
                $"No database is configured: set the environment variable ConnectionStrings__{Name}, "
                + "for example to Host=localhost;Database=accounts;Username=accounts;Password=…");
        }

        _connectionString = await development.StartAsync(cancellationToken);
    }

    /// <summary>
    /// Brings the schema up to date, or only checks it, as the settings say. Waits while the database cannot be reached. In Development,
    /// creates a missing database.
    /// </summary>
    /// <exception cref="UnfitDatabaseException">The database is missing, or its schema does not suit this program.</exception>
    public async Task PrepareAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        for (var delay = MinRetryDelay; ; delay = delay * 2 < MaxRetryDelay ? delay * 2 : MaxRetryDelay)
        {
            try
            {
                await using var scope = services.CreateAsyncScope();
                await PrepareAsync(scope.ServiceProvider.GetRequiredService<DatabaseMigrator>(), cancellationToken);
                return;
            }
            catch (Exception exception) when (DatabaseFaults.IsUnavailable(exception) && !cancellationToken.IsCancellationRequested)
            {
                logger.LogWarning(
                    "Waiting for the database on {Host}: {Reason}. Trying again in {Seconds} s",
                    services.GetRequiredService<DatabaseConnections>().Target.Host,
                    exception.GetBaseException().Message.TrimEnd('.'),
                    delay.TotalSeconds);
                await Task.Delay(delay, cancellationToken);
            }
        }
    }

    private async Task PrepareAsync(DatabaseMigrator migrator, CancellationToken cancellationToken)
    {
        if (!options.Value.MigrateOnStart)
        {
            (await migrator.ReadStateAsync(cancellationToken)).ExpectNotOlder();
            return;
        }

        if (environment.IsDevelopment() && await migrator.CreateAsync(cancellationToken))
        {
            logger.LogInformation("The database did not exist, and has been created");
        }

        await migrator.MigrateAsync(cancellationToken);
    }

    private static OptionsValidationException Invalid(string sentence) => new(Name, typeof(string), [sentence]);
}
