using Thena.Accounts.Core.Common;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>A value for a custom field. Both spellings are read: <c>customFieldId</c> and <c>data</c>, or <c>fieldId</c> and <c>value</c>.</summary>
public sealed record CustomFieldValueInput
{
    /// <summary>The field.</summary>
    public Optional<string?> CustomFieldId { get; init; }

    /// <summary>The field, in its other spelling.</summary>
    public Optional<string?> FieldId { get; init; }

    /// <summary>The value, of the field's kind. An item with <c>null</c> is left out.</summary>
    public Optional<RawJson?> Data { get; init; }

    /// <summary>The value, in its other spelling.</summary>
    public Optional<RawJson?> Value { get; init; }

    /// <summary>The client's own data about the value.</summary>
    public Optional<RawJson?> Metadata { get; init; }

    internal string Reference => Texts.TrimToNull(CustomFieldId.Value) ?? Texts.TrimToNull(FieldId.Value) ?? "";

    internal RawJson? Given => Data.IsSet ? Data.Value : Value.Value;
}
