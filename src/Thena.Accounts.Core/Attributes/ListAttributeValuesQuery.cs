namespace Thena.Accounts.Core.Attributes;

/// <summary>Which pick list to show.</summary>
public sealed record ListAttributeValuesQuery
{
    /// <summary>The list.</summary>
    /// <example>account_status</example>
    public string? Attribute { get; init; }
}
