namespace Thena.Accounts.Core.Relationships;

/// <summary>The types that every new organization starts with: Parent ↔ Subsidiary and Partner ↔ Partner.</summary>
internal static class DefaultRelationshipTypes
{
    /// <summary>Creates the types, which are not paired yet: they refer to each other, so they must exist first.</summary>
    public static RelationshipType[] Create() =>
        [new RelationshipType { Name = "Parent" }, new RelationshipType { Name = "Subsidiary" }, new RelationshipType { Name = "Partner" }];

    /// <summary>Pairs the types.</summary>
    public static void Pair(RelationshipType[] types) =>
        (types[0].InverseId, types[1].InverseId, types[2].InverseId) = (types[1].Id, types[0].Id, types[2].Id);
}
