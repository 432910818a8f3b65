using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Migrations;
using Thena.Accounts.Postgres.Citus;

namespace Thena.Accounts.Postgres.Schema;

/// <summary>
/// Creates the SQL of migrations so that it works on distributed tables as well (ADR 15): a new table is distributed before it gets its
/// foreign keys, because Citus has no foreign keys between a distributed table and one that is not.
/// </summary>
[SuppressMessage("Usage", "EF1001", Justification = "The constructor of the base class requires the options.")]
internal sealed class AccountsMigrationsSqlGenerator(MigrationsSqlGeneratorDependencies dependencies, INpgsqlSingletonOptions options)
    : NpgsqlMigrationsSqlGenerator(dependencies, options)
{
    protected override void Generate(
        CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        AddForeignKeyOperation[] foreignKeys = [.. operation.ForeignKeys];
        operation.ForeignKeys.Clear();
        base.Generate(operation, model, builder);
        var isReference = operation.PrimaryKey?.Columns.Contains(TableDistribution.Column) != true;
        builder.AppendLine(
            $"""
            do $distribution$
            begin
                if to_regclass('pg_dist_partition') is not null then
                    -- The table of the migrations is "created" each time, if it does not exist.
                    if exists (select from pg_dist_partition where logicalrelid = to_regclass('{TableDistribution.FirstTable}'))
                        and not exists (select from pg_dist_partition where logicalrelid = to_regclass('{operation.Name}')) then
                        set local citus.multi_shard_modify_mode = 'sequential';
                        perform {TableDistribution.Call(operation.Name, isReference, shards: 0)};
                    end if;
                end if;
            end
            $distribution$;
            """);
        builder.EndCommand();
        foreach (var foreignKey in foreignKeys)
        {
            Generate(foreignKey, model, builder);
        }
    }
}
