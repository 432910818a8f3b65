using System.Buffers;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.Net.Http.Headers;
using Thena.Accounts.Api.Conditions;
using Thena.Accounts.Api.RateLimits;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Api.Binding;

/// <summary>
/// Reads JSON bodies. Problems with single fields go to the model state, and the other fields are still bound. So the validators run,
/// and one response lists every problem.
/// </summary>
internal sealed class JsonBodyFormatter : InputFormatter
{
    /// <summary>The largest body, in bytes.</summary>
    public const int MaxBytes = 10 * 1_024 * 1_024;

    public JsonBodyFormatter() => SupportedMediaTypes.Add("application/json");

    public override bool CanRead(InputFormatterContext context) =>
        base.CanRead(context)
        && MediaTypeHeaderValue.TryParse(context.HttpContext.Request.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (
            !type.Charset.HasValue
                || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
                || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));

    public override async Task<InputFormatterResult> ReadRequestBodyAsync(InputFormatterContext context)
    {
        var body = await ReadAsync(context.HttpContext);
        await context.HttpContext.RequestServices.GetRequiredService<HeavyRequests>().EnterAsync(context.HttpContext, body.Length);
        IdempotencyKeys.NoteBody(context.HttpContext, body);
        if (body.Length == 0)
        {
            return await InputFormatterResult.NoValueAsync();
        }

        var model = RequestJson.Read(body, context.ModelType, out var problems);
        foreach (var problem in problems)
        {
            context.ModelState.TryAddModelError(problem.Field, problem.Message);
        }

        return model is null ? await InputFormatterResult.FailureAsync() : await InputFormatterResult.SuccessAsync(model);
    }

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MaxBytes)
        {
            throw TooLarge();
        }

        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > MaxBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                throw TooLarge();
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static BadHttpRequestException TooLarge() => new("The body is too large.", StatusCodes.Status413PayloadTooLarge);
}
