namespace Thena.Accounts.Core.Relationships;

/// <summary>Changes to a relationship type: absent members stay as they are, <c>null</c> clears.</summary>
public sealed record UpdateRelationshipTypeRequest : RelationshipTypeFields;
