using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>Changes to one custom field.</summary>
public sealed record UpdateCustomFieldItem
{
    /// <summary>The field.</summary>
    /// <example>01JZ6F9T3N4S8W5V7X2Y1A0BCF</example>
    public Optional<string?> FieldId { get; init; }

    /// <summary>The version that the changes were made from.</summary>
    /// <example>1</example>
    public Optional<int?> Version { get; init; }

    /// <summary>The changes.</summary>
    public Optional<CustomFieldUpdates?> Updates { get; init; }
}
