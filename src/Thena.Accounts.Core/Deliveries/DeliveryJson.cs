using System.Text.Json.Serialization;

namespace Thena.Accounts.Core.Deliveries;

/// <summary>The generated JSON contracts of the feature. Use <see cref="Json.WireJson.Options"/> instead of this class.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(WebhookDeliveryResponse))]
[JsonSerializable(typeof(IReadOnlyList<WebhookDeliveryResponse>))]
[JsonSerializable(typeof(ReplayWebhookRequest))]
internal sealed partial class DeliveryJson : JsonSerializerContext;
