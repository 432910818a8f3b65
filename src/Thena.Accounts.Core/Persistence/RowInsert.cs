using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Thena.Accounts.Core.Persistence;

/// <summary>
/// Inserts a row by a command of a batch. A new record is inserted, read and committed in one round trip, without the cost of Entity
/// Framework's saving, which is larger than that of everything else a create does (ADR 11).
/// </summary>
internal static class RowInsert
{
    private static readonly ConcurrentDictionary<IEntityType, Statement> Statements = new();
    private static readonly NpgsqlCommand ParameterFactory = new();

    /// <summary>Creates the command for a row that the context tracks as added.</summary>
    /// <param name="context">The database.</param>
    /// <param name="row">The row.</param>
    /// <param name="returning">The columns that the command returns, qualified with <c>r</c>, if it returns any.</param>
    public static NpgsqlBatchCommand CreateInsert(this AccountsDbContext context, EntityEntry row, string? returning = null)
    {
        var statement = Statements.GetOrAdd(row.Metadata, static type => new Statement(type));
        (row.Entity as TenantEntity)?.StampNew(context.OrganizationId);
        var command = new NpgsqlBatchCommand(returning is null ? statement.Sql : $"{statement.Sql} returning {returning}");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = context.OrganizationId.ToGuid() });
        foreach (var (property, mapping) in statement.Columns)
        {
            command.Parameters.Add(mapping.CreateParameter(
                ParameterFactory, "", property.GetGetter().GetClrValueUsingContainingEntity(row.Entity), property.IsNullable));
        }

        return command;
    }

    private sealed class Statement
    {
        public Statement(IEntityType type)
        {
            Columns = [.. type.ColumnsBesideOrganization().Select(property => (property, property.GetRelationalTypeMapping()))];
            var names = string.Join(", ", Columns.Select(column => column.Property.GetColumnName()));
            var values = string.Join(
                ", ", Columns.Select((_, index) => string.Create(CultureInfo.InvariantCulture, $"${index + 2}")));
            Sql = $"insert into {type.GetTableName()} as r (organization_id, {names}) values ($1, {values})";
        }

        public string Sql { get; }

        public (IProperty Property, RelationalTypeMapping Mapping)[] Columns { get; }
    }
}
