using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Validation;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.ReferenceData;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>The value of a custom field for a record. It is part of the record: keyed by it, and deleted with it.</summary>
public abstract class CustomFieldValue : ITenantScoped
{
    /// <inheritdoc/>
    public Ulid OrganizationId { get; private set; }

    /// <summary>The ID of the custom field.</summary>
    public required Ulid CustomFieldId { get; init; }

    /// <summary>The custom field.</summary>
    public CustomField? CustomField { get; private set; }

    /// <summary>The position among the record's values, from 0.</summary>
    public required int Position { get; set; }

    /// <summary>The value, as it was written.</summary>
    public required RawJson Data { get; set; }

    /// <summary>The client's own data about the value, a JSON object.</summary>
    public required RawJson Metadata { get; set; }

    /// <summary>Replaces a record's values with the given ones. Updates values of the same field in place.</summary>
    internal static void Replace<TValue>(List<TValue> values, IReadOnlyList<TValue> given)
        where TValue : CustomFieldValue
    {
        values.RemoveAll(value => !given.Any(other => other.CustomFieldId == value.CustomFieldId));
        foreach (var value in given)
        {
            if (values.Find(other => other.CustomFieldId == value.CustomFieldId) is { } kept)
            {
                (kept.Position, kept.Data, kept.Metadata) = (value.Position, value.Data, value.Metadata);
            }
            else
            {
                values.Add(value);
            }
        }
    }
}

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

/// <summary>The value of a custom field.</summary>
public sealed record CustomFieldValueResponse
{
    /// <summary>The field's ID.</summary>
    public required string CustomFieldId { get; init; }

    /// <summary>The value, as it was written.</summary>
    /// <example>"gold"</example>
    public required RawJson Data { get; init; }

    /// <summary>Your own data about the value.</summary>
    public required RawJson Metadata { get; init; }

    /// <summary>Makes the responses from the values of a record. Values of deleted fields are left out.</summary>
    internal static IReadOnlyList<CustomFieldValueResponse> From(IReadOnlyCollection<CustomFieldValue> values, References references) =>
        values.Count == 0
            ? []
            :
            [
                .. values.OrderBy(value => value.Position)
                    .Where(value => references.Get<CustomField>(value.CustomFieldId) is not null)
                    .Select(value => new CustomFieldValueResponse
                    {
                        CustomFieldId = WireFormat.Id(value.CustomFieldId),
                        Data = value.Data,
                        Metadata = value.Metadata,
                    }),
            ];
}
