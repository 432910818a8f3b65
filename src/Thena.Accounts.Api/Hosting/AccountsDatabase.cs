using Microsoft.Extensions.Options;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.EmbeddedPostgres;

namespace Thena.Accounts.Api.Hosting;

/// <summary>
/// The database of this process: the one that <c>ConnectionStrings:Accounts</c> names, or, in Development and where none is named,
/// a private PostgreSQL that is started for it and left at the end.
/// </summary>
internal sealed class AccountsDatabase(
    IConfiguration configuration,
    IHostEnvironment environment,
    IOptions<EmbeddedPostgresOptions> embedded,
    ILogger<AccountsDatabase> logger)
    : IAsyncDisposable
{
    /// <summary>The connection string's name.</summary>
    public const string Name = "Accounts";

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private EmbeddedPostgresCluster? _cluster;
    private string? _connectionString;

    /// <summary>Where the database is; known once it is open.</summary>
    public string ConnectionString => _connectionString ?? throw new InvalidOperationException("The database has not been opened.");

    /// <summary>
    /// The folder in which a developer's own files are kept: beside the embedded database, else in the user's application data.
    /// </summary>
    public string DevelopmentDirectory => _cluster?.DataDirectory
        ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
            "thena-accounts");

    /// <summary>Finds the database, or starts it.</summary>
    /// <exception cref="OptionsValidationException">None is named, or not as it has to be.</exception>
    /// <exception cref="EmbeddedPostgresException">None can be started.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (configuration.GetConnectionString(Name) is { Length: > 0 } named)
        {
            _connectionString = DatabaseConnections.Check(named) is { } problem
                ? throw Invalid($"ConnectionStrings__{Name} cannot be used: {problem}.")
                : named;
            return;
        }

        if (!environment.IsDevelopment())
        {
            throw Invalid(
                $"No database is configured: set the environment variable ConnectionStrings__{Name}, "
                + "for example to Host=localhost;Database=accounts;Username=accounts;Password=…");
        }

        var options = embedded.Value;
        options.Progress = message => logger.LogInformation("{Message}", message);
        _cluster = await EmbeddedPostgresCluster.StartAsync(options, cancellationToken);
        await _cluster.EnsureDatabaseAsync("accounts", cancellationToken);
        _connectionString = _cluster.GetConnectionString("accounts");
    }

    /// <summary>Brings the schema up to date; waits for a database that cannot be reached yet.</summary>
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

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static OptionsValidationException Invalid(string sentence) => new(Name, typeof(string), [sentence]);
}
