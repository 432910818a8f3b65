using System.Collections;
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
    public JsonResponseFormatter()
    {
        SupportedEncodings.Add(Encoding.UTF8);
        SupportedMediaTypes.Add("application/json");
    }

    public override async Task WriteResponseBodyAsync(OutputFormatterWriteContext context, Encoding selectedEncoding)
    {
        var (output, aborted) = (context.HttpContext.Response.BodyWriter, context.HttpContext.RequestAborted);
        var type = WireJson.Options.GetTypeInfo(context.ObjectType!);
        if (type is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } && context.Object is IEnumerable items)
        {
            await using var list = new JsonListWriter(output, WireJson.Options.GetTypeInfo(element), aborted);
            await list.WriteAsync(items);
            await list.EndAsync();
            return;
        }

        await using (var writer = new Utf8JsonWriter(output, JsonListWriter.WriterOptions))
        {
            JsonSerializer.Serialize(writer, context.Object, type);
        }

        await output.FlushAsync(aborted);
    }
}
