using System.Text.Json.Serialization;

namespace Thena.Accounts.Core.Relationships;

/// <summary>The generated JSON contracts of the feature. Use <see cref="Json.WireJson.Options"/> instead of this class.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(RelationshipResponse))]
[JsonSerializable(typeof(IReadOnlyList<RelationshipResponse>))]
[JsonSerializable(typeof(CreateRelationshipRequest))]
[JsonSerializable(typeof(UpdateRelationshipRequest))]
internal sealed partial class RelationshipJson : JsonSerializerContext;
