using Thena.Accounts.Core.Common;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Relationships;

/// <summary>What accounts can be to each other (contract: Relationship types). Inverses come in pairs; a type may be its own.</summary>
public sealed class RelationshipType : Record
{
    /// <summary>Its name.</summary>
    public required string Name { get; set; }

    /// <summary>The name in lower case, by which it is unique and found.</summary>
    public string NameKey
    {
        get => Texts.Key(Name);
        private set => _ = value;
    }

    /// <summary>What the related account is in return.</summary>
    public Ulid? InverseId { get; set; }

    /// <summary>See <see cref="InverseId"/>.</summary>
    public RelationshipType? Inverse { get; private set; }

    /// <summary>The client's own data, a JSON object.</summary>
    public RawJson Metadata { get; set; } = RawJson.EmptyObject;
}
