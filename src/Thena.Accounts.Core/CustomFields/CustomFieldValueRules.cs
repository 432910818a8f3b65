using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>The rules of form for the custom field values of any record.</summary>
internal static class CustomFieldValueRules
{
    private static readonly CustomFieldValueInputValidator Item = new();

    /// <summary>The values of a record.</summary>
    public static IRuleBuilderOptions<T, Optional<IReadOnlyList<CustomFieldValueInput>?>> CustomFieldValues<T>(
        this IRuleBuilder<T, Optional<IReadOnlyList<CustomFieldValueInput>?>> rule) => rule.Items(RequestRules.FilterMaxItems);

    /// <summary>One of them.</summary>
    public static IRuleBuilderOptions<T, CustomFieldValueInput> CustomFieldValue<T>(this IRuleBuilderInitialCollection<T, CustomFieldValueInput> rule) =>
        rule.Present().SetValidator(Item);
}
