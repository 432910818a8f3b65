using System.Text.Json.Serialization;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>The generated JSON contracts of the feature. Use <see cref="Json.WireJson.Options"/> instead of this class.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(CreateCustomFieldRequest))]
[JsonSerializable(typeof(UpdateCustomFieldsRequest))]
[JsonSerializable(typeof(CustomFieldUpdates))]
[JsonSerializable(typeof(DeleteCustomFieldsRequest))]
[JsonSerializable(typeof(CustomFieldResponse))]
[JsonSerializable(typeof(CustomFieldEnvelope<CustomFieldResponse>))]
[JsonSerializable(typeof(CustomFieldEnvelope<IReadOnlyList<CustomFieldResponse>>))]
[JsonSerializable(typeof(CustomFieldEnvelope<IReadOnlyDictionary<string, IReadOnlyList<string>>>))]
[JsonSerializable(typeof(CustomFieldEnvelope<IReadOnlyList<string>>))]
[JsonSerializable(typeof(IReadOnlyList<CustomFieldValueInput>))]
[JsonSerializable(typeof(IReadOnlyList<CustomFieldOption>))]
internal sealed partial class CustomFieldJson : JsonSerializerContext;
