using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>A custom field to delete.</summary>
public sealed record DeleteCustomFieldItem
{
    /// <summary>The field.</summary>
    /// <example>01JZ6F9T3N4S8W5V7X2Y1A0BCF</example>
    public Optional<string?> FieldId { get; init; }
}
