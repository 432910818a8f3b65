using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>A custom field to delete.</summary>
public sealed record DeleteCustomFieldItem
{
    /// <summary>The field.</summary>
    public Optional<string?> FieldId { get; init; }
}
