using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>
/// The whole server on Kestrel, with its own database. Test classes that look at more than the answers to their own tenants have one each;
/// the others use a <c>SharedServer</c>.
/// </summary>
public class AccountsServer(PostgresServer postgres) : IAsyncLifetime
{
    private Application? _application;
    private bool _isOfAnother;

    /// <summary>The PostgreSQL of the test run.</summary>
    public PostgresServer Postgres => postgres;

    /// <summary>The address that the server listens on.</summary>
    public Uri Address { get; private set; } = new("http://localhost");

    /// <summary>The services of the server.</summary>
    public IServiceProvider Services => _application!.Services;

    /// <summary>The connection string of the database.</summary>
    public string ConnectionString { get; private set; } = "";

    public virtual async ValueTask InitializeAsync()
    {
        ConnectionString = await CreateDatabaseAsync(postgres);
        _application = new Application(postgres.ForServer(ConnectionString), Settings, Configure);
        _application.UseKestrel(0);
        _application.StartServer();
        Address = _application.ClientOptions.BaseAddress;
    }

    /// <summary>Creates a client without a key.</summary>
    public HttpClient CreateClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>Creates an organization with a user, and a client that sends the user's key.</summary>
    public async Task<Tenant> CreateTenantAsync(OrganizationTier tier = OrganizationTier.Standard)
    {
        var organization = await AdministerAsync(
            service => service.CreateOrganizationAsync(new("Organization", tier), CancellationToken.None));
        var user = await CreateUserAsync(organization.Id, "Ada Lovelace");
        var key = await CreateKeyAsync(user.Id);
        return new Tenant(organization.Id, user, key, CreateClient(key.Key));
    }

    /// <summary>Creates a user of an organization.</summary>
    public Task<UserResponse> CreateUserAsync(string organizationId, string name) => AdministerAsync(service => service.CreateUserAsync(
        new(organizationId, name, $"{Guid.CreateVersion7():N}@example.com", "https://example.com/avatar.png"), CancellationToken.None));

    /// <summary>Creates a key of a user. Without scopes, the key has all of them.</summary>
    public Task<NewApiKeyResponse> CreateKeyAsync(string userId, params string[] scopes) =>
        AdministerAsync(service => service.CreateKeyAsync(
        new(userId, "Test", null, scopes.Length > 0 ? scopes : ApiKeyScopes.All), CancellationToken.None));

    /// <summary>Creates a client that sends a key.</summary>
    public HttpClient CreateClient(string key)
    {
        var client = CreateClient();
        client.DefaultRequestHeaders.Add("x-api-key", key);
        return client;
    }

    /// <summary>Runs an administrative action, as the command line does.</summary>
    public async Task<T> AdministerAsync<T>(Func<AdministrationService, Task<Result<T>>> action)
    {
        await using var scope = Services.CreateAsyncScope();
        var result = await action(scope.ServiceProvider.GetRequiredService<AdministrationService>());
        return result.TryGetValue(out var value, out var error) ? value : throw new InvalidOperationException(error.Message);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_application is not null && !_isOfAnother)
        {
            await _application.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Stands for another server that runs already.</summary>
    protected void Use(AccountsServer other) =>
        (_application, _isOfAnother, Address, ConnectionString) = (other._application, true, other.Address, other.ConnectionString);

    /// <summary>Additional settings.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    /// <summary>Adds services, or replaces those of the server.</summary>
    protected virtual void Configure(IServiceCollection services)
    {
    }

    /// <summary>Creates the database. A class that connects in another way overrides this.</summary>
    protected virtual Task<string> CreateDatabaseAsync(PostgresServer server) => server.CreateDatabaseAsync();

    private sealed class Application(
        string connectionString,
        IReadOnlyDictionary<string, string> settings,
        Action<IServiceCollection> configure) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder
                .UseEnvironment("Production")
                .UseSetting("ConnectionStrings:Accounts", connectionString)
                // Tests that hold locks take their time on a busy machine.
                .UseSetting("Database:LockTimeoutSeconds", "60")
                .UseSetting("Serilog:MinimumLevel:Default", "Fatal")
                .UseSetting("Serilog:MinimumLevel:Override:Microsoft", "Fatal")
                .UseSetting("Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime", "Fatal")
                .ConfigureServices(configure);
            foreach (var (name, value) in settings)
            {
                builder.UseSetting(name, value);
            }
        }
    }
}
