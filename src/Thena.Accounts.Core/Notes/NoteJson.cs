using System.Text.Json.Serialization;

namespace Thena.Accounts.Core.Notes;

/// <summary>The generated JSON contracts of the feature. Use <see cref="Json.WireJson.Options"/> instead of this class.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(NoteResponse))]
[JsonSerializable(typeof(IReadOnlyList<NoteResponse>))]
[JsonSerializable(typeof(CreateNoteRequest))]
[JsonSerializable(typeof(UpdateNoteRequest))]
internal sealed partial class NoteJson : JsonSerializerContext;
