using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;
using Thena.Accounts.Postgres.ReferenceData;

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

/// <summary>A pick list value as records show it; empty when unset.</summary>
internal readonly record struct AttributeReference(string Id, string Value, AttributeDisplay Display)
{
    /// <summary>Returns the value with an ID.</summary>
    public static AttributeReference Of(References references, Ulid? id)
    {
        var value = references.Get<AttributeValue>(id);
        return new(
            id is { } known ? WireFormat.Id(known) : "",
            value?.Value ?? "",
            AttributeDisplay.Create(value?.Icon, value?.Color, value?.IsClosed));
    }
}
