using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>
/// A value for a custom field, written with <c>customFieldId</c> and <c>data</c>, or with <c>fieldId</c> and <c>value</c>.
/// </summary>
public sealed record CustomFieldValueInput
{
    /// <summary>The field's ID.</summary>
    public Optional<string?> CustomFieldId { get; init; }

    /// <summary>Another name for <c>customFieldId</c>.</summary>
    public Optional<string?> FieldId { get; init; }

    /// <summary>The value, of the field's type. A <c>null</c> value is not stored.</summary>
    public Optional<RawJson?> Data { get; init; }

    /// <summary>Another name for <c>data</c>.</summary>
    public Optional<RawJson?> Value { get; init; }

    /// <summary>Your own data about the value.</summary>
    public Optional<RawJson?> Metadata { get; init; }

    internal string Reference => StringNormalization.TrimToNull(CustomFieldId.Value) ?? StringNormalization.TrimToNull(FieldId.Value) ?? "";

    internal RawJson? EffectiveData => Data.IsSet ? Data.Value : Value.Value;
}

internal sealed class CustomFieldValueInputValidator : AbstractValidator<CustomFieldValueInput>
{
    public CustomFieldValueInputValidator()
    {
        RuleFor(value => value.CustomFieldId).Required().When(value => string.IsNullOrWhiteSpace(value.FieldId.Value));
        RuleFor(value => value.Metadata).Metadata();
    }
}

/// <summary>The validation rules for the custom field values of any record.</summary>
internal static class CustomFieldValueRules
{
    private static readonly CustomFieldValueInputValidator Item = new();

    /// <summary>Validates the list of values of a record.</summary>
    public static IRuleBuilderOptions<T, Optional<IReadOnlyList<CustomFieldValueInput>?>> CustomFieldValues<T>(
        this IRuleBuilder<T, Optional<IReadOnlyList<CustomFieldValueInput>?>> rule) => rule.Items(RequestRules.FilterMaxItems);

    /// <summary>Validates one value of the list.</summary>
    public static IRuleBuilderOptions<T, CustomFieldValueInput> CustomFieldValue<T>(
        this IRuleBuilderInitialCollection<T, CustomFieldValueInput> rule) =>
        rule.Present().SetValidator(Item);
}
