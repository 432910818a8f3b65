using System.Collections.Concurrent;
using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Thena.Accounts.Core.Persistence;

/// <summary>
/// Inserts any number of rows in one statement and one round trip: <c>insert … select … from unnest(…)</c>, with one array per column.
/// </summary>
internal static class SetInsert
{
    /// <summary>Inserts rows, except those that would violate a unique index.</summary>
    /// <param name="context">The database.</param>
    /// <param name="rows">The rows, on which <see cref="TenantEntity.Stamp"/> has been called.</param>
    /// <param name="order">The column that orders the insertion. All callers must use the same one, to prevent deadlocks.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <returns>The rows that were inserted, in the order given.</returns>
    public static async Task<IReadOnlyList<TRecord>> InsertNewAsync<TRecord>(
        this AccountsDbContext context, IReadOnlyList<TRecord> rows, string order, CancellationToken cancellationToken)
        where TRecord : TenantEntity
    {
        var inserted = await InsertAsync(context, rows, $"order by {order} on conflict do nothing returning id", cancellationToken);
        return [.. rows.Where(row => inserted.Contains(row.Id))];
    }

    /// <summary>Inserts rows that belong to records, such as links. Rows that already exist are left unchanged.</summary>
    public static async Task InsertAllAsync<TRow>(
        this AccountsDbContext context, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
        where TRow : class, ITenantScoped
    {
        if (rows.Count > 0)
        {
            await using var command = CreateCommand(context, rows, "on conflict do nothing");
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Inserts rows that belong to records, such as links. Rows that already exist are left unchanged.</summary>
    /// <param name="context">The database.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="owner">The column with the ID of the record that a row belongs to.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <returns>The IDs of the records that got rows.</returns>
    public static async Task<HashSet<Ulid>> InsertAllAsync<TRow>(
        this AccountsDbContext context, IReadOnlyList<TRow> rows, string owner, CancellationToken cancellationToken)
        where TRow : class, ITenantScoped =>
        rows.Count > 0 ? await InsertAsync(context, rows, $"on conflict do nothing returning {owner}", cancellationToken) : [];

    /// <summary>Returns the columns of an insert whose organization is that of the context, whatever the rows say.</summary>
    public static IEnumerable<IProperty> ColumnsBesideOrganization(this IEntityType type) =>
        type.GetProperties().Where(property => property.Name != nameof(ITenantScoped.OrganizationId));

    /// <summary>Inserts rows with a statement that returns IDs.</summary>
    private static async Task<HashSet<Ulid>> InsertAsync<TRow>(
        AccountsDbContext context, IReadOnlyList<TRow> rows, string rest, CancellationToken cancellationToken)
        where TRow : class, ITenantScoped
    {
        await using var command = CreateCommand(context, rows, rest);
        HashSet<Ulid> returned = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            returned.Add(new Ulid(reader.GetGuid(0)));
        }

        return returned;
    }

    private static NpgsqlCommand CreateCommand<TRow>(AccountsDbContext context, IReadOnlyList<TRow> rows, string rest)
        where TRow : class, ITenantScoped
    {
        var statement = Statements<TRow>.Of.GetOrAdd(context.Model.FindEntityType(typeof(TRow))!, static type => new Statement<TRow>(type));
        var command = context.CreateCommand(
            $"""
            {statement.Sql}
            {rest}
            """);
        command.Parameters.AddWithValue("organization", context.OrganizationId.ToGuid());
        TRow[] all = [.. rows];
        foreach (var createArray in statement.Columns)
        {
            command.Parameters.Add(createArray(all));
        }

        return command;
    }

    private static class Statements<TRow>
    {
        public static ConcurrentDictionary<IEntityType, Statement<TRow>> Of { get; } = new();
    }

    /// <summary>The SQL for one type of row, and the compiled code that reads a column of all rows.</summary>
    private sealed class Statement<TRow>
    {
        public Statement(IEntityType type)
        {
            var properties = type.ColumnsBesideOrganization().ToArray();
            var columns = string.Join(", ", properties.Select(property => property.GetColumnName()));
            var arrays = string.Join(", ", properties.Select((property, index) => $"@{NameOf(index)}::{ArrayType(property)}"));
            Sql = $"""
                insert into {type.GetTableName()} (organization_id, {columns})
                select @organization, rows.* from unnest({arrays}) as rows ({columns})
                """;
            Columns = [.. properties.Select(CreateColumn)];
        }

        public string Sql { get; }

        /// <summary>Creates the parameter of each column.</summary>
        public Func<TRow[], NpgsqlParameter>[] Columns { get; }

        private static Func<TRow[], NpgsqlParameter> CreateColumn(IProperty property, int index)
        {
            var row = Expression.Parameter(typeof(TRow));
            var value = ToColumn(Expression.Property(row, property.PropertyInfo!), property);
            var create = new Func<Func<TRow, object>, string, string, Func<TRow[], NpgsqlParameter>>(CreateColumn).Method
                .GetGenericMethodDefinition().MakeGenericMethod(value.Type);
            return (Func<TRow[], NpgsqlParameter>)create.Invoke(
                null, [Expression.Lambda(value, row).Compile(), NameOf(index), ArrayType(property)])!;
        }

        private static Func<TRow[], NpgsqlParameter> CreateColumn<TValue>(
            Func<TRow, TValue> read, string name, string arrayType) =>
            rows => new NpgsqlParameter<TValue[]>(name, Array.ConvertAll(rows, row => read(row))) { DataTypeName = arrayType };

        /// <summary>Converts the value of a property to that of its column.</summary>
        private static Expression ToColumn(Expression value, IProperty property)
        {
            if (property.GetRelationalTypeMapping().Converter is not { } converter)
            {
                return value;
            }

            var convert = converter.ConvertToProviderExpression;
            var converted = Expression.Invoke(
                convert, value.Type == convert.Parameters[0].Type ? value : Expression.Convert(value, convert.Parameters[0].Type));
            if (!property.IsNullable)
            {
                return converted;
            }

            var type = converted.Type.IsValueType ? typeof(Nullable<>).MakeGenericType(converted.Type) : converted.Type;
            return Expression.Condition(
                Expression.Equal(value, Expression.Constant(null, value.Type)),
                Expression.Constant(null, type),
                Expression.Convert(converted, type));
        }

        private static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"p{index}");

        private static string ArrayType(IProperty property) => property.GetRelationalTypeMapping().StoreTypeNameBase + "[]";
    }
}
