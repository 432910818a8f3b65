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

/// <summary>How lists filter by pick list values, and how records show them.</summary>
internal static class AttributeValueSql
{
    /// <summary>Keeps the records with a pick list value in a column.</summary>
    /// <param name="read">The records.</param>
    /// <param name="column">The column.</param>
    /// <param name="kind">The pick list.</param>
    /// <param name="reference">The value's ID or text, as the client wrote it, or null for all records.</param>
    public static RecordRead<TRow> WithValue<TRow>(this RecordRead<TRow> read, string column, AttributeKind kind, string? reference)
    {
        if (reference is null)
        {
            return read;
        }

        // An ID goes before an equal text.
        var key = read.Parameter(StringNormalization.Key(reference));
        var id = read.Parameter(WireFormat.IdOrNone(reference).ToGuid());
        return read.WhereValueOf(
            column,
            $"select id from attribute_values where organization_id = {read.Organization} and kind = {read.Parameter(kind.ToName())} "
            + $"and deleted_at is null and (value_key = {key} or id = {id}) order by id = {id} desc limit 1");
    }

    /// <summary>The columns of the value that a column refers to, for <see cref="AttributeReference.Read"/>.</summary>
    /// <param name="name">The name of the column without <c>_id</c>.</param>
    public static string Columns(string name) => $"r.{name}_id, {name}.value, {name}.icon, {name}.color, {name}.is_closed";

    /// <summary>The join of the value that a column refers to.</summary>
    /// <param name="name">The name of the column without <c>_id</c>.</param>
    public static string Join(string name) =>
        $"left join attribute_values {name} on {name}.organization_id = $1 and {name}.id = r.{name}_id"
        + $" and {name}.deleted_at is null";
}

/// <summary>A pick list value as records show it, joined or from <see cref="ReferenceData"/>; empty when unset.</summary>
internal readonly record struct AttributeReference(string Id, string Value, AttributeDisplay Display)
{
    /// <summary>Reads the columns of <see cref="AttributeValueSql.Columns"/>, or the ID alone if the value is not joined.</summary>
    public static AttributeReference Read(ColumnReader row)
    {
        if (row.References is null)
        {
            return new(row.IdOrEmpty(), row.TextOrEmpty(), AttributeDisplay.Read(row));
        }

        var (id, value) = row.Reference(row.References.Values);
        return new(id ?? "", value?.Value ?? "", AttributeDisplay.Create(value?.Icon, value?.Color, value?.IsClosed));
    }
}
