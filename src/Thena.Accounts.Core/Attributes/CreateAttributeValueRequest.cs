using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Attributes;

/// <summary>A new value of a pick list.</summary>
public sealed record CreateAttributeValueRequest : AttributeValueFields
{
    /// <summary>The list it joins.</summary>
    /// <example>account_status</example>
    public Optional<string?> Attribute { get; init; }
}
