using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Thena.Accounts.Core;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.EmbeddedPostgres;
using Thena.Accounts.Postgres.Citus;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Schema;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Benchmarks.Load;

/// <summary>A database with the schema, and an organization with a key.</summary>
internal sealed class BenchmarkDatabase : IAsyncDisposable
{
    private readonly string _directory;
    private readonly EmbeddedPostgresCluster? _cluster;
    private readonly NpgsqlDataSource _dataSource;

    private BenchmarkDatabase(string connectionString, string directory = "", EmbeddedPostgresCluster? cluster = null)
    {
        _directory = directory;
        _cluster = cluster;
        ConnectionString = connectionString;
        _dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString) { NoResetOnClose = true });
    }

    /// <summary>The connection string of the database.</summary>
    public string ConnectionString { get; }

    /// <summary>The organization of the key.</summary>
    public Ulid OrganizationId { get; private set; }

    /// <summary>The key.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The time at which the last capture started. Newer IDs in its statements were made by the captured requests.</summary>
    public DateTimeOffset CaptureStarted { get; private set; }

    /// <summary>Starts a private PostgreSQL with the settings of a real one, and creates the schema, an organization and a key.</summary>
    public static async Task<BenchmarkDatabase> StartAsync()
    {
        var directory = Path.Combine(Path.GetTempPath(), $"thena-accounts-benchmarks-{Environment.ProcessId}");
        var options = new EmbeddedPostgresOptions { DataDirectory = directory };
        foreach (var (name, value) in new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["fsync"] = "on",
            ["shared_buffers"] = "512MB",
            ["max_wal_size"] = "4GB",
            ["max_connections"] = "200",
            ["shared_preload_libraries"] = "pg_stat_statements",
        })
        {
            options.Settings[name] = value;
        }

        var cluster = await EmbeddedPostgresCluster.StartAsync(options);
        await cluster.EnsureDatabaseAsync("accounts");
        var database = new BenchmarkDatabase(cluster.GetConnectionString("accounts"), directory, cluster);
        await database.PrepareAsync();
        await database.ExecuteAsync("create extension if not exists pg_stat_statements");
        return database;
    }

    /// <summary>Creates the schema, an organization and a key in an empty database.</summary>
    public static async Task<BenchmarkDatabase> OpenAsync(string connectionString)
    {
        var database = new BenchmarkDatabase(connectionString);
        await database.PrepareAsync();
        return database;
    }

    /// <summary>Copies the database, with its organizations and keys, into a new one of the same server.</summary>
    public async Task<BenchmarkDatabase> CopyAsync(string name)
    {
        _dataSource.Clear();
        var copy = await CreateAsync(name, new NpgsqlConnectionStringBuilder(ConnectionString).Database!);
        (copy.OrganizationId, copy.Key) = (OrganizationId, Key);
        return copy;
    }

    /// <summary>Creates another database of the same server, empty unless it is a copy of a template.</summary>
    public async Task<BenchmarkDatabase> CreateAsync(string name, string template = "template0")
    {
        var connection = new NpgsqlConnectionStringBuilder(ConnectionString) { Database = "postgres" };
        await using var maintenance = NpgsqlDataSource.Create(connection);
        await using var command = maintenance.CreateCommand($"create database {name} template {template}");
        await command.ExecuteNonQueryAsync();
        connection.Database = name;
        return new BenchmarkDatabase(connection.ConnectionString);
    }

    /// <summary>Distributes the tables.</summary>
    public Task DistributeAsync(int shards) => UseAsync(services => services.GetRequiredService<DatabaseDistributor>()
        .DistributeAsync(shards, Console.Error.WriteLine, CancellationToken.None));

    /// <summary>Creates another organization.</summary>
    /// <returns>Its ID.</returns>
    public async Task<Ulid> CreateOrganizationAsync(string name, OrganizationTier tier) => Ulid.Parse(
        (await UseAsync(services => services.GetRequiredService<AdministrationService>()
            .CreateOrganizationAsync(new(name, tier), CancellationToken.None))).Id,
        CultureInfo.InvariantCulture);

    /// <summary>Creates an organization with a user and a key.</summary>
    public async Task<(Ulid OrganizationId, string Key)> CreateTenantAsync(string name)
    {
        var bootstrap = await UseAsync(services => services.GetRequiredService<AdministrationService>().BootstrapAsync(
            new(new(name, OrganizationTier.Enterprise), "Ada Lovelace", "ada@example.com"), CancellationToken.None));
        return (Ulid.Parse(bootstrap.OrganizationId, CultureInfo.InvariantCulture), bootstrap.Key!);
    }

    /// <summary>Creates a key for each organization, like that of the first one.</summary>
    /// <returns>The keys.</returns>
    public async Task<List<string>> CreateKeysAsync()
    {
        var columns = string.Join(", ", await QueryAsync<string>(
            "select column_name::text from information_schema.columns where table_schema = 'public' and table_name = 'api_keys' "
                + "and column_name not in ('id', 'organization_id', 'hash')"));
        var keys = (await QueryAsync<Guid>("select id from organizations"))
            .ConvertAll(organization => (Organization: organization, Key: $"key-of-{organization:N}"));
        var rows = keys.Select(key =>
            $"('{Guid.CreateVersion7()}'::uuid, '{key.Organization}'::uuid, '\\x{Convert.ToHexString(ApiKeySecret.Hash(key.Key))}'::bytea)");
        await ExecuteAsync(
            $"insert into api_keys (id, organization_id, hash, {columns}) select new.id, new.organization_id, new.hash, {columns} "
                + $"from (values {string.Join(", ", rows)}) new (id, organization_id, hash), "
                + $"(select {columns} from api_keys limit 1) model");
        return keys.ConvertAll(key => key.Key);
    }

    /// <summary>Runs SQL that may take long.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var command = _dataSource.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Reads the IDs of accounts.</summary>
    /// <param name="which">Which ones, in SQL, if not all.</param>
    public async Task<List<string>> ReadAccountIdsAsync(string which = "") =>
        (await QueryAsync<Guid>($"select id from accounts {which}")).ConvertAll(id => new Ulid(id).ToString());

    /// <summary>Reads one column.</summary>
    public async Task<List<T>> QueryAsync<T>(string sql)
    {
        await using var command = _dataSource.CreateCommand(sql);
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync();
        List<T> values = [];
        while (await reader.ReadAsync())
        {
            values.Add(await reader.GetFieldValueAsync<T>(0));
        }

        return values;
    }

    /// <summary>The statements that the server sends while an action runs, with their parameters, from the log of PostgreSQL.</summary>
    public async Task<IReadOnlyList<Statement>> CaptureAsync(Func<Task> action)
    {
        var log = Directory.GetFiles(_directory, "*.log").MaxBy(File.GetLastWriteTimeUtc)!;
        await SetLoggingAsync("0");
        var start = new FileInfo(log).Length;
        CaptureStarted = TimeProvider.System.GetUtcNow();
        await action();
        await Task.Delay(200);
        await SetLoggingAsync("-1");
        await using var stream = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Position = start;
        using var reader = new StreamReader(stream);

        return [.. Statement.Parse(await reader.ReadToEndAsync()).Where(statement => !IsOfOthers(statement.Sql))];

        // The server also writes from time to time when keys were used, and the settings of the log are changed.
        static bool IsOfOthers(string sql) =>
            sql.Contains("api_keys", StringComparison.Ordinal)
            || sql.StartsWith("alter system", StringComparison.Ordinal)
            || sql.Contains("pg_reload_conf", StringComparison.Ordinal);
    }

    /// <summary>The CPU time that all processes of the server have used, with those that have ended.</summary>
    public TimeSpan CpuTime()
    {
        var postmaster = File.ReadLines(Path.Combine(Directory.GetDirectories(_directory).First(IsData), "postmaster.pid")).First();
        double ticks = 0;
        foreach (var directory in Directory.GetDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            try
            {
                var stat = File.ReadAllText(Path.Combine(directory, "stat"));
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                if (fields[1] == postmaster)
                {
                    ticks += fields[11..13].Sum(field => double.Parse(field, CultureInfo.InvariantCulture));
                }
                else if (Path.GetFileName(directory) == postmaster)
                {
                    // Its own time, and that of the children that have ended.
                    ticks += fields[11..15].Sum(field => double.Parse(field, CultureInfo.InvariantCulture));
                }
            }
            catch (IOException)
            {
                // The process has ended.
            }
        }

        return TimeSpan.FromSeconds(ticks / 100);

        static bool IsData(string path) => File.Exists(Path.Combine(path, "postmaster.pid"));
    }

    /// <summary>Runs pgbench with prepared statements.</summary>
    /// <returns>Transactions per second, or null where pgbench is not installed.</returns>
    public async Task<double?> PgBenchAsync(string script, IReadOnlyDictionary<string, string> variables, int clients, int seconds)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, script);
        try
        {
            List<string> arguments =
            [
                "-n", "-M", "prepared", "-f", file, "-c", Text(clients), "-j", "1", "-T", Text(seconds),
                .. variables.SelectMany(variable => new[] { "-D", $"{variable.Key}={variable.Value}" }),
            ];
            var output = await RunToolAsync("pgbench", arguments);
            var line = output?.Split('\n').FirstOrDefault(text => text.StartsWith("tps = ", StringComparison.Ordinal));
            return line is null ? null : double.Parse(line[6..].Split(' ')[0], CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Runs a script with psql.</summary>
    /// <returns>The time of the script, or null where psql is not installed.</returns>
    public async Task<TimeSpan?> PsqlAsync(string script)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, script);
        var started = Stopwatch.GetTimestamp();
        var output = await RunToolAsync("psql", ["-q", "-X", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", "-f", file]);
        var elapsed = Stopwatch.GetElapsedTime(started);
        File.Delete(file);
        return output is null ? null : elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        await _dataSource.DisposeAsync();
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
            Directory.Delete(_directory, recursive: true);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task PrepareAsync()
    {
        await using (var services = Services())
        {
            await using var scope = services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        }

        (OrganizationId, Key) = await CreateTenantAsync("Benchmark");
    }

    private async Task<T> UseAsync<T>(Func<IServiceProvider, Task<Result<T>>> action)
    {
        await using var services = Services();
        await using var scope = services.CreateAsyncScope();
        var result = await action(scope.ServiceProvider);
        return result.TryGetValue(out var value, out var error) ? value : throw new InvalidOperationException(error.Message);
    }

    private ServiceProvider Services() => new ServiceCollection().AddAccounts(_ => ConnectionString).BuildServiceProvider();

    private async Task SetLoggingAsync(string milliseconds)
    {
        await ExecuteAsync($"alter system set log_min_duration_statement = {milliseconds}");
        await ExecuteAsync("alter system set log_parameter_max_length = -1");
        await ExecuteAsync("select pg_reload_conf()");
        await Task.Delay(300);
    }

    private async Task<string?> RunToolAsync(string tool, IReadOnlyList<string> arguments)
    {
        const string Debian = "/usr/lib/postgresql";
        var path = new[] { "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin" }
            .Concat(Directory.Exists(Debian) ? Directory.GetDirectories(Debian).Select(version => version + "/bin") : [])
            .Select(directory => Path.Combine(directory, tool))
            .LastOrDefault(File.Exists);
        if (path is null)
        {
            return null;
        }

        var connection = new NpgsqlConnectionStringBuilder(ConnectionString);
        var start = new ProcessStartInfo(path, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PGHOST"] = connection.Host;
        start.Environment["PGPORT"] = Text(connection.Port);
        start.Environment["PGUSER"] = connection.Username;
        start.Environment["PGPASSWORD"] = connection.Password;
        start.Environment["PGDATABASE"] = connection.Database;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{tool} failed: {await errors}");
    }
}
