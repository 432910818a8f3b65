using System.Text.Json.Serialization;

namespace Thena.Accounts.Core.Attributes;

/// <summary>The generated JSON contracts of the feature. Use <see cref="Json.WireJson.Options"/> instead of this class.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(AttributeValueResponse))]
[JsonSerializable(typeof(IReadOnlyList<AttributeValueResponse>))]
[JsonSerializable(typeof(CreateAttributeValueRequest))]
[JsonSerializable(typeof(UpdateAttributeValueRequest))]
internal sealed partial class AttributeValueJson : JsonSerializerContext;
