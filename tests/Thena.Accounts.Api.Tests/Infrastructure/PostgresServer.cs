using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Testcontainers.PostgreSql;
using Thena.Accounts.Core;
using Thena.Accounts.EmbeddedPostgres;
using Thena.Accounts.Postgres.Citus;
using Thena.Accounts.Postgres.Schema;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>
/// The PostgreSQL of the test run: the coordinator of the Citus cluster in THENA_ACCOUNTS_TEST_CITUS, else the server in
/// THENA_ACCOUNTS_TEST_POSTGRES, else a container if Docker answers, else an embedded one. The schema is migrated once, into a template
/// database that is copied for each test class.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string Variable = "THENA_ACCOUNTS_TEST_POSTGRES";
    private const string CitusVariable = "THENA_ACCOUNTS_TEST_CITUS";
    private const string Template = "accounts_template";

    private readonly string _run = Guid.CreateVersion7().ToString("N");
    private readonly ConcurrentQueue<string> _databases = [];
    private readonly Lazy<Task<AccountsServer>> _shared;
    private int _count;
    private string _server = "";
    private PostgreSqlContainer? _container;
    private EmbeddedPostgresCluster? _embedded;
    private string? _embeddedDirectory;

    public PostgresServer() => _shared = new(async () =>
    {
        var server = new AccountsServer(this);
        await server.InitializeAsync();
        return server;
    });

    /// <summary>The kind of server: <c>citus</c>, <c>given</c>, <c>container</c> or <c>embedded</c>.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>The Citus cluster, if the server is the coordinator of one.</summary>
    public CitusCluster? Cluster { get; private set; }

    public async ValueTask InitializeAsync()
    {
        _server = await StartAsync();
        await CreateAsync(TemplateName, null);
        var services = new ServiceCollection().AddAccounts(_ => ConnectionString(TemplateName)).BuildServiceProvider();
        await using (services)
        {
            await using var scope = services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
            if (Cluster is not null)
            {
                (await scope.ServiceProvider.GetRequiredService<DatabaseDistributor>()
                    .DistributeAsync(shards: 4, _ => { }, CancellationToken.None)).TryGetValue(out _, out var error);
                Assert.Null(error);
            }
        }

        if (Cluster is not null)
        {
            await Cluster.CloseAsync(TemplateName);
        }
    }

    /// <summary>
    /// Returns the connection string for a server of the product. On a cluster, no statement may ask more than one shard.
    /// </summary>
    public string ForServer(string connectionString) => Cluster is null ? connectionString : CitusCluster.Routed(connectionString);

    /// <summary>Returns the server that test classes share. The first one starts it.</summary>
    public Task<AccountsServer> ShareServerAsync() => _shared.Value;

    /// <summary>Creates a migrated database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync() =>
        await CreateAsync($"accounts_{_run}_{Interlocked.Increment(ref _count)}", TemplateName);

    /// <summary>Creates a database without a schema.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateEmptyDatabaseAsync() => await CreateAsync($"accounts_{_run}_{Interlocked.Increment(ref _count)}", null);

    /// <summary>Creates a copy of a database that nobody is connected to.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateCopyAsync(string connectionString) => await CreateAsync(
        $"accounts_{_run}_{Interlocked.Increment(ref _count)}", new NpgsqlConnectionStringBuilder(connectionString).Database);

    public async ValueTask DisposeAsync()
    {
        if (_shared.IsValueCreated)
        {
            await (await _shared.Value).DisposeAsync();
        }

        NpgsqlConnection.ClearAllPools();
        if (_container is not null)
        {
            await _container.DisposeAsync();
        }
        else if (_embedded is not null)
        {
            await _embedded.DisposeAsync();
            Directory.Delete(_embeddedDirectory!, recursive: true);
        }
        else
        {
            foreach (var database in _databases)
            {
                await (Cluster?.DropAsync(database) ?? ExecuteAsync($"drop database if exists {database} with (force)"));
            }
        }
    }

    private string TemplateName => $"{Template}_{_run}";

    private async Task<string> StartAsync()
    {
        if (Environment.GetEnvironmentVariable(CitusVariable) is { Length: > 0 } coordinator)
        {
            Kind = "citus";
            Cluster = await CitusCluster.ConnectAsync(coordinator);
            return coordinator;
        }

        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            Kind = "given";
            return given;
        }

        try
        {
            _container = new PostgreSqlBuilder("postgres:17-alpine").WithCommand("-c", "max_connections=300", "-c", "fsync=off").Build();
            await _container.StartAsync();
            Kind = "container";
            return _container.GetConnectionString();
        }
        catch (Exception exception)
        {
            // There is no Docker or no image. An embedded PostgreSQL works as well.
            _container = null;
            Console.Error.WriteLine($"Without Testcontainers: {exception.Message.Split('\n')[0]}");
        }

        _embeddedDirectory = Path.Combine(Path.GetTempPath(), $"thena-accounts-tests-{_run}");
        var options = new EmbeddedPostgresOptions { DataDirectory = _embeddedDirectory };
        options.Settings["max_connections"] = "300";
        options.Settings["fsync"] = "off";
        options.Settings["full_page_writes"] = "off";
        _embedded = await EmbeddedPostgresCluster.StartAsync(options);
        Kind = "embedded";
        return _embedded.GetConnectionString("postgres");
    }

    private async Task<string> CreateAsync(string database, string? template)
    {
        _databases.Enqueue(database);
        if (Cluster is null)
        {
            await ExecuteAsync($"create database {database}{(template is null ? "" : $" template {template}")}");
        }
        else
        {
            await Cluster.CreateAsync(database, template);
        }

        return ConnectionString(database);
    }

    private string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder(_server)
        {
            Database = database,
            Pooling = database != TemplateName,
            MaxPoolSize = 50,
            Timeout = 15,
            CommandTimeout = 60,
        }.ConnectionString;

    private async Task ExecuteAsync(string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString);
        await using var command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
