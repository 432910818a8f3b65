using System.Globalization;
using Microsoft.Extensions.Options;
using Npgsql;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Schema;

namespace Thena.Accounts.Postgres.Diagnosis;

/// <summary>Checks whether the database suits the server, and says what to do if not. Changes nothing.</summary>
public sealed class DatabaseDiagnosis(
    NpgsqlDataSource pool,
    DatabaseConnections connections,
    DatabaseMigrator migrator,
    IOptions<DatabaseOptions> options,
    TimeProvider time)
{
    private const int OldestVersion = 150_000;

    private static readonly TimeSpan SmallClockDifference = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LargeClockDifference = TimeSpan.FromMinutes(1);

    private readonly NpgsqlConnectionStringBuilder _target = new(pool.ConnectionString);

    /// <summary>Runs the checks. If the database cannot be reached, the first one says so and is the only one.</summary>
    public async Task<IReadOnlyList<Check>> RunAsync(CancellationToken cancellationToken)
    {
        const string Name = "connection";
        try
        {
            var started = time.GetUtcNow();
            var facts = await connections.RunAsync(connection => ReadAsync(connection, cancellationToken), cancellationToken);
            var ended = time.GetUtcNow();
            return
            [
                Check.Ok(Name, $"database \"{_target.Database}\" on {_target.Host}, as \"{facts.Role}\""),
                CheckVersion(facts),
                CheckWritable(facts),
                CheckEncoding(facts),
                await CheckSchemaAsync(facts, cancellationToken),
                CheckRights(facts),
                CheckExtensions(facts),
                CheckTimeLimits(facts),
                CheckPool(facts),
                CheckClock(facts.Time - started - ((ended - started) / 2)),
            ];
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return
            [
                Check.Fail(
                    Name,
                    $"there is no database \"{_target.Database}\" on {_target.Host}",
                    "Correct ConnectionStrings__Accounts, or create the database with \"thena-accounts database create\"."),
            ];
        }
        catch (Exception exception) when (exception is PostgresException || DatabaseFaults.IsUnavailable(exception))
        {
            return
            [
                Check.Fail(
                    Name,
                    DatabaseFaults.Describe(exception),
                    "Check Host, Port, Username and Password of ConnectionStrings__Accounts, and that PostgreSQL runs and accepts "
                        + "connections from this machine."),
            ];
        }
    }

    private static async Task<DatabaseFacts> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(DatabaseFacts.Sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return DatabaseFacts.Read(reader);
    }

    private static Check CheckVersion(DatabaseFacts facts) => facts.VersionNumber >= OldestVersion
        ? Check.Ok("version", $"PostgreSQL {facts.Version}")
        : Check.Fail("version", $"PostgreSQL {facts.Version}", "Upgrade to PostgreSQL 15 or newer.");

    private static Check CheckWritable(DatabaseFacts facts) => facts.IsReadOnly
        ? Check.Fail("writes", "the database is read-only", "Connect to the primary server: add Target Session Attributes=primary.")
        : Check.Ok("writes", "the database accepts them");

    private static Check CheckEncoding(DatabaseFacts facts) => facts.Encoding == "UTF8"
        ? Check.Ok("encoding", facts.Encoding)
        : Check.Fail("encoding", facts.Encoding, "Create the database anew with the encoding UTF8.");

    private async Task<Check> CheckSchemaAsync(DatabaseFacts facts, CancellationToken cancellationToken)
    {
        const string Name = "schema";
        SchemaState state;
        try
        {
            state = await migrator.ReadStateAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is UnfitDatabaseException or PostgresException)
        {
            return Check.Fail(Name, exception.Message, "Use the database, the role or the version of the program that belong together.");
        }

        if (state.Pending.Count == 0)
        {
            return state.Unknown.Count == 0
                ? Check.Ok(Name, $"up to date ({state.Applied[^1]})")
                : Check.Warn(Name, $"newer than this program ({state.Unknown[^1]})", "Update this program.");
        }

        var pending = string.Create(CultureInfo.InvariantCulture, $"{state.Pending.Count} pending migrations");
        const string Migrate = "Run \"thena-accounts database migrate\"";
        return options.Value.MigrateOnStart && facts.CanCreateTables
            ? Check.Warn(Name, pending, $"{Migrate}, or start the server, which applies them.")
            : Check.Fail(
                Name, pending, facts.CanCreateTables ? $"{Migrate}." : $"{Migrate} with a role that can create tables, such as the owner.");
    }

    private static Check CheckRights(DatabaseFacts facts)
    {
        const string Name = "rights";
        return facts switch
        {
            { ClosedTables.Length: > 0 } => Check.Fail(
                Name,
                $"\"{facts.Role}\" cannot read and write {facts.ClosedTables}",
                $"As the owner, run: grant select, insert, update, delete on all tables in schema public to \"{facts.Role}\""),
            { IsSuperuser: true } => Check.Warn(
                Name, $"\"{facts.Role}\" is a superuser", "Connect as a role that only owns the database, or only reads and writes rows."),
            { CanCreateTables: false } => Check.Ok(Name, "reads and writes rows; cannot migrate"),
            _ => Check.Ok(Name, "reads and writes rows, and migrates"),
        };
    }

    private static Check CheckExtensions(DatabaseFacts facts) =>
        Check.Ok("extensions", facts.Citus is null ? "none is needed" : $"none is needed; Citus {facts.Citus} is installed");

    private Check CheckTimeLimits(DatabaseFacts facts)
    {
        const string Name = "time limits";
        var found = $"statement_timeout is {facts.StatementTimeout}, lock_timeout is {facts.LockTimeout}";
        if (Seconds(facts.StatementTimeout) == options.Value.StatementTimeoutSeconds
            && Seconds(facts.LockTimeout) == options.Value.LockTimeoutSeconds)
        {
            return options.Value is { StatementTimeoutSeconds: > 0, LockTimeoutSeconds: > 0 }
                ? Check.Ok(Name, found)
                : Check.Warn(
                    Name, found, "Set Database__StatementTimeoutSeconds and Database__LockTimeoutSeconds to more than 0.");
        }

        return Check.Warn(
            Name,
            $"{found}, although {options.Value.StatementTimeoutSeconds} and {options.Value.LockTimeoutSeconds} seconds are configured",
            "A pooler between the server and PostgreSQL drops them: set the limits on the role, with alter role … set.");
    }

    private Check CheckPool(DatabaseFacts facts)
    {
        const string Name = "connections";
        var limit = new[] { facts.Connections, facts.RoleLimit, facts.DatabaseLimit }.Where(number => number >= 0).Min();
        var found = string.Create(
            CultureInfo.InvariantCulture,
            $"each copy of the server uses up to {_target.MaxPoolSize}, PostgreSQL allows {limit}, {facts.OpenConnections} are open");
        return _target.MaxPoolSize <= limit
            ? Check.Ok(Name, found)
            : Check.Warn(
                Name,
                found,
                "Raise max_connections of PostgreSQL, or lower Maximum Pool Size in ConnectionStrings__Accounts, so that all copies fit.");
    }

    private static Check CheckClock(TimeSpan ahead)
    {
        const string Name = "clock";
        var found = string.Create(CultureInfo.InvariantCulture, $"{ahead.Duration().TotalSeconds:0.0} seconds from that of PostgreSQL");
        const string Advice = "Synchronize the clocks of both machines, for example with chrony.";
        return ahead.Duration() < SmallClockDifference ? Check.Ok(Name, found)
            : ahead.Duration() < LargeClockDifference ? Check.Warn(Name, found, Advice)
            : Check.Fail(Name, found, Advice);
    }

    /// <summary>Reads a time limit as PostgreSQL shows it: 0, or a number with a unit.</summary>
    private static double? Seconds(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        double? factor = text[digits..] switch
        {
            "" or "ms" => 0.001,
            "s" => 1,
            "min" => 60,
            "h" => 3_600,
            "d" => 86_400,
            _ => null,
        };
        return int.Parse(text[..digits], CultureInfo.InvariantCulture) * factor;
    }
}
