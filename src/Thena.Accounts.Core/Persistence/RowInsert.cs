using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Thena.Accounts.Core.Persistence;

/// <summary>
/// Inserts a row by a command of a batch. A new record is inserted, read and committed in one round trip, without the cost of Entity
/// Framework's tracking and saving, which is larger than that of everything else a create does (ADR 11).
/// </summary>
internal static class RowInsert
{
    private static readonly ConcurrentDictionary<IEntityType, Statement> Statements = new();
    private static readonly NpgsqlCommand ParameterFactory = new();

    /// <summary>Adds the inserts of a new row and of its parts, which the context does not track.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="context">The database.</param>
    /// <param name="row">The row.</param>
    /// <param name="returning">The columns that the insert of the row returns, qualified with <c>r</c>, if it returns any.</param>
    public static void AddInserts(this QueryBatch batch, AccountsDbContext context, ITenantScoped row, string? returning = null)
    {
        var statement = Statements.GetOrAdd(context.Model.FindEntityType(row.GetType())!, static type => new Statement(type));
        batch.Add(statement.CreateCommand(context.OrganizationId, row, returning));
        foreach (var navigation in statement.Parts)
        {
            foreach (var part in (IEnumerable)navigation.GetGetter().GetClrValueUsingContainingEntity(row)!)
            {
                batch.AddInserts(context, (ITenantScoped)part);
            }
        }
    }

    private sealed class Statement
    {
        private readonly string _sql;
        private readonly (IProperty Property, RelationalTypeMapping Mapping)[] _columns;

        public Statement(IEntityType type)
        {
            _columns = [.. type.ColumnsBesideOrganization().Select(property => (property, property.GetRelationalTypeMapping()))];
            var names = string.Join(", ", _columns.Select(column => column.Property.GetColumnName()));
            var values = string.Join(
                ", ", _columns.Select((_, index) => string.Create(CultureInfo.InvariantCulture, $"${index + 2}")));
            _sql = $"insert into {type.GetTableName()} as r (organization_id, {names}) values ($1, {values})";
            Parts = [.. type.GetNavigations().Where(navigation => navigation.IsCollection)];
        }

        /// <summary>The collections of parts.</summary>
        public INavigation[] Parts { get; }

        public NpgsqlBatchCommand CreateCommand(Ulid organizationId, ITenantScoped row, string? returning)
        {
            var command = new NpgsqlBatchCommand(returning is null ? _sql : $"{_sql} returning {returning}");
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = organizationId.ToGuid() });
            foreach (var (property, mapping) in _columns)
            {
                command.Parameters.Add(mapping.CreateParameter(
                    ParameterFactory, "", property.GetGetter().GetClrValueUsingContainingEntity(row), property.IsNullable));
            }

            return command;
        }
    }
}
