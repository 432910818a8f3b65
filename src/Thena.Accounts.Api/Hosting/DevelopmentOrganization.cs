using Thena.Accounts.Core.Administration;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.Hosting;

/// <summary>The organization for local development, with its user. They are created once.</summary>
internal sealed class DevelopmentOrganization(IServiceScopeFactory scopes)
{
    private const string Name = "Development";
    private const string Email = "developer@example.com";

    /// <summary>Returns the user of the organization. Creates both if they do not exist.</summary>
    public async Task<UserResponse> PrepareAsync(CancellationToken cancellationToken)
    {
        var organization = (await AdministerAsync(service => service.ListOrganizationsAsync(cancellationToken)))
            .FirstOrDefault(row => row.Name == Name)
            ?? Expect(
                await AdministerAsync(
                    service => service.CreateOrganizationAsync(new(Name, OrganizationTier.Enterprise), cancellationToken)));
        var users = Expect(await AdministerAsync(service => service.ListUsersAsync(organization.Id, cancellationToken)));
        return users.FirstOrDefault(user => string.Equals(user.Email, Email, StringComparison.OrdinalIgnoreCase))
            ?? Expect(
                await AdministerAsync(
                    service => service.CreateUserAsync(new(organization.Id, "Developer", Email, null), cancellationToken)));
    }

    /// <summary>Creates a key of a user with all scopes.</summary>
    public async Task<string> CreateKeyAsync(string userId, CancellationToken cancellationToken) => Expect(
        await AdministerAsync(
            service => service.CreateKeyAsync(new(userId, Name, null, ApiKeyScopes.All), cancellationToken))).Key;

    private async Task<T> AdministerAsync<T>(Func<AdministrationService, Task<T>> action)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await action(scope.ServiceProvider.GetRequiredService<AdministrationService>());
    }

    private static T Expect<T>(Result<T> result) =>
        result.TryGetValue(out var value, out var error) ? value : throw new InvalidOperationException(error.Message);
}
