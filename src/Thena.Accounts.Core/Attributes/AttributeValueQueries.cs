using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Attributes;

/// <summary>Which pick list to show.</summary>
public sealed record ListAttributeValuesQuery
{
    /// <summary>The list.</summary>
    /// <example>account_status</example>
    public string? Attribute { get; init; }
}

/// <summary>The form of <see cref="ListAttributeValuesQuery"/>.</summary>
public sealed class ListAttributeValuesQueryValidator : AbstractValidator<ListAttributeValuesQuery>
{
    /// <summary>Sets the rules.</summary>
    public ListAttributeValuesQueryValidator() =>
        RuleFor(query => new Optional<string?>(query.Attribute)).Required().OneOf(AttributeKinds.Names).OverridePropertyName("attribute");
}

/// <summary>Queries that several features make of attribute values.</summary>
internal static class AttributeValueQueries
{
    /// <summary>The ids of the values of a list that a query parameter names, by id or by value. A value that is spelt like the id of another is as good as that.</summary>
    public static IQueryable<Ulid?> Named(this IQueryable<AttributeValue> values, AttributeKind kind, string reference)
    {
        var key = StringNormalization.Key(reference);
        return WireFormat.TryParseId(reference, out var id)
            ? values.Where(value => value.Kind == kind && (value.Id == id || value.ValueKey == key)).Select(value => (Ulid?)value.Id)
            : values.Where(value => value.Kind == kind && value.ValueKey == key).Select(value => (Ulid?)value.Id);
    }
}
