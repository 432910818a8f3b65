using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.Net.Http.Headers;
using Thena.Accounts.Api.Conditions;
using Thena.Accounts.Api.Intake;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Api.Binding;

/// <summary>
/// Reads JSON bodies. Problems with single fields go to the model state, and the other fields are still bound. So the validators run,
/// and one response lists every problem.
/// </summary>
internal sealed class JsonBodyFormatter : InputFormatter
{
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
        using var body = await context.HttpContext.RequestServices.GetRequiredService<BodyIntake>().ReceiveAsync(context.HttpContext);
        IdempotencyKeys.NoteBody(context.HttpContext, body.Bytes.Span);
        if (body.Bytes.IsEmpty)
        {
            return await InputFormatterResult.NoValueAsync();
        }

        var model = RequestJson.Read(body.Bytes, context.ModelType, out var problems);
        foreach (var problem in problems)
        {
            context.ModelState.TryAddModelError(problem.Field, problem.Message);
        }

        return model is null ? await InputFormatterResult.FailureAsync() : await InputFormatterResult.SuccessAsync(model);
    }
}
