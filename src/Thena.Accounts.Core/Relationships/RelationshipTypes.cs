using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Postgres.ReferenceData;

namespace Thena.Accounts.Core.Relationships;

/// <summary>Finds the relationship types that requests name.</summary>
internal static class RelationshipTypes
{
    private static readonly ReferenceKey<RelationshipType> ByName =
        new([nameof(RelationshipType.NameKey)], type => ValueTuple.Create(type.NameKey));

    /// <summary>Returns the type that a reference names by ID or name, or <see langword="null"/>. A match by ID comes first.</summary>
    public static RelationshipType? FindRelationshipType(this References references, string reference) =>
        (WireFormat.TryParseId(reference.Trim(), out var id) ? references.Find<RelationshipType>(id) : null)
        ?? (references.Find(ByName, ValueTuple.Create(StringNormalization.Key(reference))) is [var named, ..] ? named : null);
}
