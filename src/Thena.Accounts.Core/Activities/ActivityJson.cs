using System.Text.Json.Serialization;

namespace Thena.Accounts.Core.Activities;

/// <summary>The generated JSON contracts of the feature. Use <see cref="Json.WireJson.Options"/> instead of this class.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ActivityResponse))]
[JsonSerializable(typeof(IReadOnlyList<ActivityResponse>))]
[JsonSerializable(typeof(CreateActivityRequest))]
[JsonSerializable(typeof(UpdateActivityRequest))]
internal sealed partial class ActivityJson : JsonSerializerContext;
