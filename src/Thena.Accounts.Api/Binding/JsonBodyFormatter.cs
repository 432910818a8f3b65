using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Formatters;
using Thena.Accounts.Api.Intake;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Api.Binding;

/// <summary>
/// Deserializes the body that <see cref="BodyIntake"/> has received. Problems with single fields go to the model state, and the other
/// fields are still bound. So the validators run, and one response lists every problem.
/// </summary>
internal sealed class JsonBodyFormatter : InputFormatter
{
    public JsonBodyFormatter() => SupportedMediaTypes.Add("application/json");

    public override async Task<InputFormatterResult> ReadRequestBodyAsync(InputFormatterContext context)
    {
        using var body = context.HttpContext.Features.GetRequiredFeature<ReceivedBody>();
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
