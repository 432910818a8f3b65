using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Thena.Accounts.Core.Bulk;
using Thena.Accounts.Core.Deliveries;
using Thena.Accounts.Core.Events;
using Thena.Accounts.Core.History;
using Thena.Accounts.Core.Ingest;
using Thena.Accounts.Core.Kinds;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Core.Webhooks;

namespace Thena.Accounts.Core.Json;

/// <summary>
/// The JSON rules of the API: camelCase, nulls are written, unknown members are ignored, duplicate members are refused, and a body has at
/// most 64 levels.
/// </summary>
public static class WireJson
{
    /// <summary>The largest number of nested levels of objects and arrays in a body.</summary>
    public const int MaxDepth = 64;

    /// <summary>The largest number of items in an array that the API defines.</summary>
    public const int MaxItems = 5_000;

    /// <summary>
    /// Writes letters of all scripts without escapes. This is safe: responses declare <c>charset=utf-8</c> and are never embedded in HTML.
    /// </summary>
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>The content type of responses.</summary>
    public const string ContentType = "application/json; charset=utf-8";

    /// <summary>The options, with the generated contracts of all requests and responses.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Options for documents that follow the same rules.</summary>
    internal static JsonDocumentOptions DocumentOptions { get; } = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(WireJsonContext.Default.Options)
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine(
                [
                    WireJsonContext.Default, EventJson.Default, HistoryJson.Default, WebhookJson.Default, DeliveryJson.Default,
                    .. RecordKinds.All.Select(kind => kind.Json),
                ]),
            Encoder = Encoder,
        };
        options.MakeReadOnly();
        return options;
    }
}

/// <summary>
/// The generated contracts of what belongs to no kind of record alone. Use <see cref="WireJson.Options"/> instead of this class.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    AllowDuplicateProperties = false,
    MaxDepth = WireJson.MaxDepth,
    Converters = [typeof(TimestampJsonConverter), typeof(WholeNumberJsonConverter), typeof(DecimalJsonConverter)])]
[JsonSerializable(typeof(BulkCreateResponse))]
[JsonSerializable(typeof(IngestUsersRequest))]
[JsonSerializable(typeof(IngestUsersResponse))]
[JsonSerializable(typeof(ErrorResponse))]
[JsonSerializable(typeof(RawJson?))]
[JsonSerializable(typeof(bool?))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(decimal?))]
[JsonSerializable(typeof(DateTimeOffset?))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IdList))]
internal sealed partial class WireJsonContext : JsonSerializerContext;
