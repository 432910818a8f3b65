using Microsoft.Extensions.Options;
using Thena.Accounts.Moving.Copying;
using Thena.Accounts.Moving.Demo;
using Thena.Accounts.Postgres.Schema;

namespace Thena.Accounts.Api.Hosting;

/// <summary>Opens and migrates the database before the server listens.</summary>
internal sealed class DatabaseStartup(
    AccountsDatabase database,
    IServiceProvider services,
    IHostEnvironment environment,
    IOptions<DemoOptions> options,
    StartReport report,
    ILogger<DatabaseStartup> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await database.OpenAsync(cancellationToken);
        _ = PrepareModelAsync();
        await database.PrepareAsync(services, cancellationToken);
        await report.WriteAsync(cancellationToken);
        if (environment.IsDevelopment())
        {
            await services.GetRequiredService<DevelopmentKey>().PrepareAsync(cancellationToken);
        }

        if (options.Value.Demo)
        {
            await AddDemoDataAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Prepares what the first write needs while the server starts.</summary>
    private async Task PrepareModelAsync()
    {
        await Task.Yield();
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().PrepareModel();
    }

    private async Task AddDemoDataAsync(CancellationToken cancellationToken)
    {
        if (!environment.IsDevelopment())
        {
            logger.LogWarning("--demo is ignored: it works only in Development. Use the command demo with --organization.");
            return;
        }

        logger.LogInformation("Adding the demo data");
        var user = await services.GetRequiredService<DevelopmentOrganization>().PrepareAsync(cancellationToken);
        var result = await services.GetRequiredService<RecordImporter>().RunAsync(
            user.OrganizationId, new DemoSource(), new ImportOptions(), _ => { }, cancellationToken);
        if (!result.TryGetValue(out var report, out var error))
        {
            throw new InvalidOperationException(error.Message);
        }

        logger.LogInformation(
            "The demo data is in the organization {OrganizationId}: {Created} records are new, {Refused} were refused",
            user.OrganizationId,
            report.Kinds.Sum(kind => kind.Created),
            report.Kinds.Sum(kind => kind.Refused));
    }
}
