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
    ILogger<AccountsDatabase> logger,
    IDevelopmentDatabase? development = null)
{
    /// <summary>The name of the connection string.</summary>
    public const string Name = "Accounts";

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private string? _connectionString;

    /// <summary>The connection string, available after <see cref="OpenAsync"/>.</summary>
    public string ConnectionString => _connectionString ?? throw new InvalidOperationException("The database has not been opened.");

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

    /// <summary>Brings the schema up to date. Waits while the database cannot be reached.</summary>
    public async Task MigrateAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await using var scope = services.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellationToken);
                return;
            }
            catch (Exception exception) when (DatabaseFaults.IsUnavailable(exception) && !cancellationToken.IsCancellationRequested)
            {
                logger.LogWarning("Waiting for the database: {Reason}", exception.GetBaseException().Message);
                await Task.Delay(RetryDelay, cancellationToken);
            }
        }
    }

    private static OptionsValidationException Invalid(string sentence) => new(Name, typeof(string), [sentence]);
}
