using System.Text.Json.Serialization;

namespace Thena.Accounts.Core.Relationships;

/// <summary>The generated JSON contracts of the feature. Use <see cref="Json.WireJson.Options"/> instead of this class.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(RelationshipTypeResponse))]
[JsonSerializable(typeof(IReadOnlyList<RelationshipTypeResponse>))]
[JsonSerializable(typeof(CreateRelationshipTypeRequest))]
[JsonSerializable(typeof(UpdateRelationshipTypeRequest))]
internal sealed partial class RelationshipTypeJson : JsonSerializerContext;
