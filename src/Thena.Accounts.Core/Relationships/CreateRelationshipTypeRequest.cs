namespace Thena.Accounts.Core.Relationships;

/// <summary>A new relationship type.</summary>
public sealed record CreateRelationshipTypeRequest : RelationshipTypeFields;
