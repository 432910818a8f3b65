using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Moving;

namespace Thena.Accounts.Api.Responses;

/// <summary>Writes JSON to responses. Nothing else does, so that all responses follow the same rules.</summary>
internal static class ResponseJson
{
    /// <summary>The options of writers of responses.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = WireJson.Encoder, SkipValidation = true };

    /// <summary>Returns the JSON of a value, for a response that is stored before it is sent.</summary>
    public static byte[] Serialize(object value, Type type) => JsonSerializer.SerializeToUtf8Bytes(value, TypeInfo(type));

    /// <summary>
    /// Sends a value. It is written at once, which is faster than with a serializer that can stop anywhere to wait for the client. What is
    /// too large for that comes in portions, see <see cref="PortionsResult{T}"/>.
    /// </summary>
    public static async Task WriteAsync(HttpContext context, object? value, Type type)
    {
        context.Response.ContentType = WireJson.ContentType;
        await using (var writer = new Utf8JsonWriter(context.Response.BodyWriter, WriterOptions))
        {
            JsonSerializer.Serialize(writer, value, TypeInfo(type));
            await writer.FlushAsync(context.RequestAborted);
            context.Response.ContentLength = writer.BytesCommitted;
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>Sends what <see cref="Serialize"/> has returned.</summary>
    public static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> json)
    {
        context.Response.ContentType = WireJson.ContentType;
        context.Response.ContentLength = json.Length;
        await context.Response.BodyWriter.WriteAsync(json, context.RequestAborted);
    }

    /// <summary>Starts a list whose items are not known yet.</summary>
    public static JsonListWriter StartList(HttpContext context, Type item)
    {
        context.Response.ContentType = WireJson.ContentType;
        return new JsonListWriter(context, TypeInfo(item));
    }

    /// <summary>Writes a value and a line break. The caller sends it, and sets the content type.</summary>
    public static void WriteLine<T>(IBufferWriter<byte> output, T value)
        where T : class
    {
        output.Write(Serialize(value, typeof(T)));
        output.Write("\n"u8);
    }

    private static JsonTypeInfo TypeInfo(Type type) => MovingJson.Options.GetTypeInfo(type);
}
