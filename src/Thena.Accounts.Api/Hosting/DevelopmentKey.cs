using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Core.Tenancy;

namespace Thena.Accounts.Api.Hosting;

/// <summary>
/// The key for local development. It is created once, with an organization and a user. A file that only this user can read keeps it,
/// because the database has only its hash.
/// </summary>
internal sealed class DevelopmentKey(
    AccountsDatabase database,
    ApiKeyAuthenticator authenticator,
    IServiceScopeFactory scopes,
    IServer server,
    IHostApplicationLifetime lifetime)
{
    private const string OrganizationName = "Development";

    /// <summary>Creates the key if this database does not know it, and prints it once the server listens.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var directory = Directory.CreateDirectory(database.DevelopmentDirectory);
        var file = Path.Combine(directory.FullName, "development-key");
        var key = File.Exists(file) ? (await File.ReadAllTextAsync(file, cancellationToken)).Trim() : "";
        if (key.Length == 0 || await authenticator.AuthenticateAsync(key, cancellationToken) is null)
        {
            key = await CreateAsync(cancellationToken);
            await WriteAsync(file, key, cancellationToken);
        }

        lifetime.ApplicationStarted.Register(() => Print(key));
    }

    private static async Task WriteAsync(string file, string key, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var writer = new StreamWriter(file, options);
        await writer.WriteAsync(key.AsMemory(), cancellationToken);
    }

    private async Task<string> CreateAsync(CancellationToken cancellationToken)
    {
        var organization = (await AdministerAsync(service => service.ListOrganizationsAsync(cancellationToken)))
            .FirstOrDefault(row => row.Name == OrganizationName)
            ?? Expect(
                await AdministerAsync(
                    service => service.CreateOrganizationAsync(new(OrganizationName, OrganizationTier.Enterprise), cancellationToken)));
        var users = Expect(await AdministerAsync(service => service.ListUsersAsync(organization.Id, cancellationToken)));
        var user = users.Count > 0
            ? users[0]
            : Expect(
                await AdministerAsync(
                    service => service.CreateUserAsync(
                        new(organization.Id, "Developer", "developer@example.com", null), cancellationToken)));
        return Expect(
            await AdministerAsync(
                service => service.CreateKeyAsync(new(user.Id, "Development", null, ApiKeyScopes.All), cancellationToken))).Key;
    }

    private async Task<T> AdministerAsync<T>(Func<AdministrationService, Task<T>> action)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await action(scope.ServiceProvider.GetRequiredService<AdministrationService>());
    }

    private static T Expect<T>(Result<T> result) =>
        result.TryGetValue(out var value, out var error) ? value : throw new InvalidOperationException(error.Message);

    private void Print(string key)
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:8000";
        Console.Out.WriteLine(
            $"""

              Thena Platform Accounts API   {address}
              Swagger UI                    {address}/swagger
              Key (x-api-key)               {key}

              curl -s {address}/v1/accounts -H 'x-api-key: {key}'

            """);
    }
}
