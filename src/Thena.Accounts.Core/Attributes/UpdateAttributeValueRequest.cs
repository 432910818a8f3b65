namespace Thena.Accounts.Core.Attributes;

/// <summary>Changes to a value of a pick list: absent members stay as they are, <c>null</c> clears.</summary>
public sealed record UpdateAttributeValueRequest : AttributeValueFields;
