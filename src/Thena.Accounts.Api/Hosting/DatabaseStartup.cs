namespace Thena.Accounts.Api.Hosting;

/// <summary>Opens and migrates the database before the server listens.</summary>
internal sealed class DatabaseStartup(AccountsDatabase database, IServiceProvider services, IHostEnvironment environment) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await database.OpenAsync(cancellationToken);
        await database.MigrateAsync(services, cancellationToken);
        if (environment.IsDevelopment())
        {
            await services.GetRequiredService<DevelopmentKey>().PrepareAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
