using System.Text.Json.Serialization;

namespace Thena.Accounts.Core.Organizations;

/// <summary>The generated JSON contracts of the feature. Use <see cref="Json.WireJson.Options"/> instead of this class.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ExportedUser))]
internal sealed partial class UserJson : JsonSerializerContext;
