using System.Collections;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc.Formatters;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Api.Binding;

/// <summary>
/// Writes responses as JSON. A list is sent in parts while it is written, so that the JSON of many large records is never whole in memory.
/// Each record is written at once, which is faster than a serializer that can stop anywhere to wait for the client.
/// </summary>
internal sealed class JsonResponseFormatter : TextOutputFormatter
{
    private const int PartBytes = 32 * 1_024;

    public JsonResponseFormatter()
    {
        SupportedEncodings.Add(Encoding.UTF8);
        SupportedMediaTypes.Add("application/json");
    }

    public override async Task WriteResponseBodyAsync(OutputFormatterWriteContext context, Encoding selectedEncoding)
    {
        var (output, aborted) = (context.HttpContext.Response.BodyWriter, context.HttpContext.RequestAborted);
        var type = WireJson.Options.GetTypeInfo(context.ObjectType!);
        await using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = WireJson.Encoder, SkipValidation = true }))
        {
            if (type is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } && context.Object is IEnumerable items)
            {
                await WriteListAsync(writer, output, items, WireJson.Options.GetTypeInfo(element), aborted);
            }
            else
            {
                JsonSerializer.Serialize(writer, context.Object, type);
            }
        }

        await output.FlushAsync(aborted);
    }

    private static async Task WriteListAsync(
        Utf8JsonWriter writer, PipeWriter output, IEnumerable items, JsonTypeInfo itemType, CancellationToken aborted)
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            JsonSerializer.Serialize(writer, item, itemType);
            if (writer.BytesPending + output.UnflushedBytes >= PartBytes)
            {
                await writer.FlushAsync(aborted);
                await output.FlushAsync(aborted);
            }
        }

        writer.WriteEndArray();
    }
}
