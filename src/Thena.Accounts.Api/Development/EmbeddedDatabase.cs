using Microsoft.Extensions.Options;
using Thena.Accounts.Api.Settings;
using Thena.Accounts.EmbeddedPostgres;

namespace Thena.Accounts.Api.Development;

/// <summary>
/// An embedded PostgreSQL, which this process starts or joins, and leaves at shutdown. The only type that knows it. A Release build has
/// neither, unless it is made with <c>-p:EmbeddedPostgres=true</c>.
/// </summary>
internal sealed class EmbeddedDatabase(IOptions<EmbeddedPostgresOptions> options, ILogger<EmbeddedDatabase> logger)
    : IDevelopmentDatabase, IAsyncDisposable
{
    private const string Section = "EmbeddedPostgres";
    private const string Name = "accounts";

    private EmbeddedPostgresCluster? _cluster;

    /// <inheritdoc/>
    public string? Directory => _cluster?.DataDirectory;

    /// <summary>Adds the embedded PostgreSQL and its options.</summary>
    public static void AddTo(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<EmbeddedPostgresOptions>(configuration, Section);
        services.AddSingleton<IDevelopmentDatabase, EmbeddedDatabase>();
    }

    /// <inheritdoc/>
    public async Task<string> StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            options.Value.Progress = message => logger.LogInformation("{Message}", message);
            _cluster = await EmbeddedPostgresCluster.StartAsync(options.Value, cancellationToken);
            await _cluster.EnsureDatabaseAsync(Name, cancellationToken);
            return _cluster.GetConnectionString(Name);
        }
        catch (EmbeddedPostgresException exception)
        {
            throw new OptionsValidationException(Section, typeof(EmbeddedPostgresOptions), [exception.Message]);
        }
    }

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;
}
