using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Thena.Accounts.Core.Webhooks;

/// <summary>The generated JSON contracts of the feature. Use <see cref="Json.WireJson.Options"/> instead of this class.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(WebhookResponse))]
[JsonSerializable(typeof(WebhookWithSecretResponse))]
[JsonSerializable(typeof(IReadOnlyList<WebhookResponse>))]
[JsonSerializable(typeof(CreateWebhookRequest))]
[JsonSerializable(typeof(UpdateWebhookRequest))]
[JsonSerializable(typeof(RotateSecretRequest))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string?>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class WebhookJson : JsonSerializerContext
{
    /// <summary>The contract of headers as they are stored.</summary>
    public static JsonTypeInfo<Dictionary<string, string>> Texts => Default.DictionaryStringString;
}
