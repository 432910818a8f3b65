using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
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
    /// <summary>The IDs of the values that a query parameter names, by ID or by value.</summary>
    public static IQueryable<Ulid?> Named(this IQueryable<AttributeValue> values, AttributeKind kind, string reference)
    {
        var key = StringNormalization.Key(reference);
        return WireFormat.TryParseId(reference, out var id)
            ? values.Where(value => value.Kind == kind && (value.Id == id || value.ValueKey == key)).Select(value => (Ulid?)value.Id)
            : values.Where(value => value.Kind == kind && value.ValueKey == key).Select(value => (Ulid?)value.Id);
    }
}
