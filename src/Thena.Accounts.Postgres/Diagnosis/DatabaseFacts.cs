using System.Data.Common;

namespace Thena.Accounts.Postgres.Diagnosis;

/// <summary>What a session of the server can see of its database.</summary>
internal sealed record DatabaseFacts
{
    /// <summary>Reads one row with these facts. Needs no rights, and no schema.</summary>
    public const string Sql =
        """
        select
            current_setting('server_version'),
            current_setting('server_version_num')::int,
            current_user::text,
            role.rolsuper,
            pg_is_in_recovery() or current_setting('default_transaction_read_only')::bool,
            current_setting('server_encoding'),
            current_setting('statement_timeout'),
            current_setting('lock_timeout'),
            current_setting('max_connections')::int
                - current_setting('superuser_reserved_connections')::int
                - coalesce(current_setting('reserved_connections', true), '0')::int,
            role.rolconnlimit,
            database.datconnlimit,
            (select coalesce(sum(numbackends), 0)::int from pg_stat_database),
            clock_timestamp(),
            has_schema_privilege('public', 'create'),
            (select coalesce(string_agg(relname::text, ', ' order by relname), '')
                from pg_class
                where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not (
                    has_table_privilege(pg_class.oid, 'select')
                    and (relname = 'migrations'
                        or has_table_privilege(pg_class.oid, 'insert')
                        and has_table_privilege(pg_class.oid, 'update')
                        and has_table_privilege(pg_class.oid, 'delete')))),
            (select extversion from pg_extension where extname = 'citus')
        from pg_roles role, pg_database database
        where role.rolname = current_user and database.datname = current_database()
        """;

    public required string Version { get; init; }

    public required int VersionNumber { get; init; }

    public required string Role { get; init; }

    public required bool IsSuperuser { get; init; }

    public required bool IsReadOnly { get; init; }

    public required string Encoding { get; init; }

    public required string StatementTimeout { get; init; }

    public required string LockTimeout { get; init; }

    /// <summary>The number of connections that roles without special rights can have.</summary>
    public required int Connections { get; init; }

    /// <summary>The limits on the connections of the role and of the database; -1 without one.</summary>
    public required int RoleLimit { get; init; }

    public required int DatabaseLimit { get; init; }

    public required int OpenConnections { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required bool CanCreateTables { get; init; }

    /// <summary>The tables that the role cannot read or write.</summary>
    public required string ClosedTables { get; init; }

    /// <summary>The version of Citus, if the database has it.</summary>
    public required string? Citus { get; init; }

    public static DatabaseFacts Read(DbDataReader row) => new()
    {
        Version = row.GetString(0),
        VersionNumber = row.GetInt32(1),
        Role = row.GetString(2),
        IsSuperuser = row.GetBoolean(3),
        IsReadOnly = row.GetBoolean(4),
        Encoding = row.GetString(5),
        StatementTimeout = row.GetString(6),
        LockTimeout = row.GetString(7),
        Connections = row.GetInt32(8),
        RoleLimit = row.GetInt32(9),
        DatabaseLimit = row.GetInt32(10),
        OpenConnections = row.GetInt32(11),
        Time = row.GetFieldValue<DateTimeOffset>(12),
        CanCreateTables = row.GetBoolean(13),
        ClosedTables = row.GetString(14),
        Citus = row.IsDBNull(15) ? null : row.GetString(15),
    };
}
