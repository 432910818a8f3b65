using System.Globalization;
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
        await using var command = CreateCommand(context, rows, $"order by {order} on conflict do nothing returning id");
        HashSet<Guid> inserted = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            inserted.Add(reader.GetGuid(0));
        }

        return [.. rows.Where(row => inserted.Contains(row.Id.ToGuid()))];
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

    /// <summary>Returns the columns of an insert whose organization is that of the context, whatever the rows say.</summary>
    public static IEnumerable<IProperty> ColumnsBesideOrganization(this IEntityType type) =>
        type.GetProperties().Where(property => property.Name != nameof(ITenantScoped.OrganizationId));

    private static NpgsqlCommand CreateCommand<TRow>(AccountsDbContext context, IReadOnlyList<TRow> rows, string rest)
        where TRow : class, ITenantScoped
    {
        var type = context.Model.FindEntityType(typeof(TRow))!;
        var properties = type.ColumnsBesideOrganization().ToArray();
        var columns = string.Join(", ", properties.Select(property => property.GetColumnName()));
        var arrays = string.Join(", ", properties.Select(
            (property, index) => string.Create(CultureInfo.InvariantCulture, $"@p{index}::{ArrayType(property)}")));
        var command = context.CreateCommand(
            $"""
            insert into {type.GetTableName()} (organization_id, {columns})
            select @organization, rows.* from unnest({arrays}) as rows ({columns})
            {rest}
            """);
        command.Parameters.AddWithValue("organization", context.OrganizationId.ToGuid());
        for (var index = 0; index < properties.Length; index++)
        {
            command.Parameters.Add(CreateArray(properties[index], rows, index));
        }

        return command;
    }

    private static NpgsqlParameter CreateArray<TRow>(IProperty property, IReadOnlyList<TRow> rows, int index)
    {
        var mapping = property.GetRelationalTypeMapping();
        var type = mapping.Converter?.ProviderClrType ?? property.ClrType;
        type = property.IsNullable && type.IsValueType && Nullable.GetUnderlyingType(type) is null
            ? typeof(Nullable<>).MakeGenericType(type)
            : type;
        var values = Array.CreateInstance(type, rows.Count);
        for (var row = 0; row < rows.Count; row++)
        {
            var value = property.GetGetter().GetClrValueUsingContainingEntity(rows[row]!);
            values.SetValue(value is not null && mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value, row);
        }

        return new NpgsqlParameter(
            string.Create(CultureInfo.InvariantCulture, $"p{index}"), values)
        { DataTypeName = ArrayType(property) };
    }

    private static string ArrayType(IProperty property) => property.GetRelationalTypeMapping().StoreTypeNameBase + "[]";
}
