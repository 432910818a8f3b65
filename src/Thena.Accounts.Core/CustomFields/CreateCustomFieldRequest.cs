using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>A new custom field.</summary>
public sealed record CreateCustomFieldRequest : CustomFieldFields
{
    /// <summary>The sort of record it belongs to.</summary>
    /// <example>account</example>
    public Optional<string?> Source { get; init; }
}
