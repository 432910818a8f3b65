using System.Text.Json.Serialization;

namespace Thena.Accounts.Core.Events;

/// <summary>The generated JSON contracts of the feature. Use <see cref="Json.WireJson.Options"/> instead of this class.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(EventListResponse))]
[JsonSerializable(typeof(EventResponse))]
[JsonSerializable(typeof(IReadOnlyList<EventType>))]
internal sealed partial class EventJson : JsonSerializerContext;
