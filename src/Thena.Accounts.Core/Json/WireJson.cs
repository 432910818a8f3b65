using System.Text.Encodings.Web;
using System.Text.Json;

namespace Thena.Accounts.Core.Json;

/// <summary>The one set of JSON rules of the wire: camelCase, nulls written, unknown members ignored, no member twice, at most 64 levels.</summary>
public static class WireJson
{
    /// <summary>How many levels of objects and arrays a body may nest.</summary>
    public const int MaxDepth = 64;

    /// <summary>Writes letters of all scripts as themselves: answers say <c>charset=utf-8</c> and are never put in HTML as they are.</summary>
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>Options over the generated contracts of all requests and responses.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(WireJsonContext.Default.Options)
        {
            TypeInfoResolver = WireJsonContext.Default,
            Encoder = Encoder,
        };
        options.MakeReadOnly();
        return options;
    }
}
