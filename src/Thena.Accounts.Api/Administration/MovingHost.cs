using Thena.Accounts.Api.Hosting;
using Thena.Accounts.Moving.Commands;
using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Api.Administration;

/// <summary>Runs the commands that move data in and out.</summary>
internal sealed class MovingHost : ICommandHost
{
    public Task<int> RunAsync<T>(
        Func<IServiceProvider, Task<Result<T>>> work, Func<T, int> exitCode, CancellationToken cancellationToken) =>
        CommandLine.WithServicesAsync(work, cancellationToken, exitCode);

    public async Task<string?> FindDefaultOrganizationAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<IHostEnvironment>().IsDevelopment()
            ? (await services.GetRequiredService<DevelopmentOrganization>().PrepareAsync(cancellationToken)).OrganizationId
            : null;
}
