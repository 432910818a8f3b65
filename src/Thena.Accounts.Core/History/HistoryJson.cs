using System.Text.Json.Serialization;

namespace Thena.Accounts.Core.History;

/// <summary>The generated JSON contracts of the feature. Use <see cref="Json.WireJson.Options"/> instead of this class.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(IReadOnlyList<HistoryEntryResponse>))]
internal sealed partial class HistoryJson : JsonSerializerContext;
