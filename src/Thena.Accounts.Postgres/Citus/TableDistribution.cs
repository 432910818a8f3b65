using System.Collections.Immutable;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace Thena.Accounts.Postgres.Citus;

/// <summary>
/// How the tables are spread over the nodes of a Citus cluster (ADR 15). Rows of an organization are in one shard of each table, and all of
/// these shards are on one node.
/// </summary>
internal static class TableDistribution
{
    /// <summary>The column that decides the shard of a row.</summary>
    public const string Column = "organization_id";

    /// <summary>The table whose distribution all others follow.</summary>
    public const string FirstTable = "attribute_values";

    /// <summary>
    /// The tables of which every node has a copy: those that are read before the organization is known, those that they refer
    /// to, and the keys that encrypt secrets, which belong to no organization.
    /// </summary>
    public static ImmutableArray<string> ReferenceTables { get; } = ["organizations", "users", "api_keys", "secret_keys", "migrations"];

    /// <summary>Returns the tables that are distributed, the first one first.</summary>
    public static IEnumerable<string> DistributedTables(IRelationalModel model) => model.Tables.Select(table => table.Name)
        .Except(ReferenceTables)
        .OrderByDescending(name => name == FirstTable);

    /// <summary>Returns the call of the function of Citus that distributes a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="isReference">Whether every node gets a copy.</param>
    /// <param name="shards">The number of shards, for the first table only.</param>
    public static string Call(string table, bool isReference, int shards) => isReference
        ? $"create_reference_table('{table}')"
        : table == FirstTable
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"create_distributed_table('{table}', '{Column}', colocate_with => 'none', shard_count => {shards})")
            : $"create_distributed_table('{table}', '{Column}', colocate_with => '{FirstTable}')";

    /// <summary>Returns the operation that adds a foreign key.</summary>
    public static AddForeignKeyOperation Operation(IForeignKeyConstraint key) => new()
    {
        Table = key.Table.Name,
        Name = key.Name,
        Columns = [.. key.Columns.Select(column => column.Name)],
        PrincipalTable = key.PrincipalTable.Name,
        PrincipalColumns = [.. key.PrincipalColumns.Select(column => column.Name)],
        OnDelete = key.OnDeleteAction,
    };
}
