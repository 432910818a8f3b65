using System.Linq.Expressions;
using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Attributes;

/// <summary>The pick list to return.</summary>
public sealed record ListAttributeValuesQuery
{
    /// <summary>The pick list.</summary>
    /// <example>account_status</example>
    public string? Attribute { get; init; }
}

internal sealed class ListAttributeValuesQueryValidator : AbstractValidator<ListAttributeValuesQuery>
{
    public ListAttributeValuesQueryValidator() =>
        RuleFor(query => new Optional<string?>(query.Attribute)).Required().OneOf(AttributeKinds.Names).OverridePropertyName("attribute");
}

/// <summary>Queries for attribute values that several features share.</summary>
internal static class AttributeValueQueries
{
    /// <summary>Selects the IDs of the values that a query parameter names, by ID or by value.</summary>
    public static IQueryable<Ulid?> Named(this IQueryable<AttributeValue> values, AttributeKind kind, string reference)
    {
        var key = StringNormalization.Key(reference);
        return WireFormat.TryParseId(reference, out var id)
            ? values.Where(value => value.Kind == kind && (value.Id == id || value.ValueKey == key)).Select(value => (Ulid?)value.Id)
            : values.Where(value => value.Kind == kind && value.ValueKey == key).Select(value => (Ulid?)value.Id);
    }

    /// <summary>Filters records by a value of a pick list, named by ID or by value. Without a reference, all records match.</summary>
    /// <param name="records">The records.</param>
    /// <param name="context">The database.</param>
    /// <param name="kind">The pick list.</param>
    /// <param name="reference">The ID or value, as the client wrote it.</param>
    /// <param name="column">The column that refers to the value.</param>
    public static IQueryable<TRecord> WithValue<TRecord>(
        this IQueryable<TRecord> records,
        AccountsDbContext context,
        AttributeKind kind,
        string? reference,
        Expression<Func<TRecord, Ulid?>> column)
    {
        if (reference is null)
        {
            return records;
        }

        var named = context.AttributeValues.Named(kind, reference);
        var contains = Expression.Call(typeof(Queryable), nameof(Queryable.Contains), [typeof(Ulid?)], named.Expression, column.Body);
        return records.Where(Expression.Lambda<Func<TRecord, bool>>(contains, column.Parameters));
    }
}
