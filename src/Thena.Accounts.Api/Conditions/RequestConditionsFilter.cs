using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.Metrics;
using Thena.Accounts.Api.Responses;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Webhooks;
using Thena.Accounts.Postgres.Idempotency;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Api.Conditions;

/// <summary>
/// Applies the conditions of requests: <c>Idempotency-Key</c>, <c>If-Match</c> and <c>If-None-Match</c>. Gives responses that carry one
/// record their <c>ETag</c>.
/// </summary>
internal sealed class RequestConditionsFilter : IAsyncActionFilter
{
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (Read(http) is { } problem)
        {
            context.Result = new ErrorResult(problem);
            return;
        }

        var executed = await next();
        if (executed.Exception is null)
        {
            executed.Result = await CompleteAsync(http, executed.Result!);
        }
    }

    /// <summary>Reads the conditions of a request that can have some.</summary>
    /// <returns>The problem with a header, or <see langword="null"/>.</returns>
    private static Error? Read(HttpContext http)
    {
        if (IdempotencyKeys.IsPresent(http))
        {
            if (IdempotencyKeys.Read(http) is not { } key)
            {
                return Error.Invalid($"{IdempotencyKeys.Header} must be 1 to 255 visible ASCII characters, quoted or not");
            }

            Conditions(http).IdempotencyKey = key;
        }

        var match = http.Request.Headers.IfMatch;
        if (match.Count > 0 && (HttpMethods.IsPut(http.Request.Method) || HttpMethods.IsDelete(http.Request.Method)))
        {
            if (!EntityTags.TryParseVersions(match, out var versions))
            {
                return Error.Invalid("If-Match must be * or entity tags, such as the quoted updatedAt of the record");
            }

            Conditions(http).Versions = versions;
        }

        return null;
    }

    private static async Task<IActionResult> CompleteAsync(HttpContext http, IActionResult result)
    {
        var awaitsResponse = false;
        if (IdempotencyKeys.IsPresent(http))
        {
            if (Conditions(http).Replay is { } replay)
            {
                RequestMetrics.CountReplay();
                http.Response.Headers[IdempotencyKeys.ReplayedHeader] = "true";
                return new SerializedResult(StoredSecrets.Reveal(replay, Secrets(http)));
            }

            awaitsResponse = Writes(http).AwaitsResponse;
        }

        if (!awaitsResponse && result is not ObjectResult { Value: IVersioned })
        {
            return result;
        }

        var response = Serialize(result);
        if (awaitsResponse)
        {
            await Writes(http).StoreAndCommitAsync(
                result is ObjectResult { Value: IHoldsSecret } ? StoredSecrets.Hide(response, Secrets(http)) : response);
        }

        return HttpMethods.IsGet(http.Request.Method) && EntityTags.Names(http.Request.Headers.IfNoneMatch, response.ETag!)
            ? new SerializedResult(new SerializedResponse(StatusCodes.Status304NotModified, response.ETag, []))
            : new SerializedResult(response);
    }

    private static SerializedResponse Serialize(IActionResult result)
    {
        if (result is not ObjectResult { Value: { } value } found)
        {
            return new SerializedResponse(((StatusCodeResult)result).StatusCode, ETag: null, []);
        }

        var body = ResponseJson.Serialize(value, found.DeclaredType ?? value.GetType());
        return new SerializedResponse(
            found.StatusCode ?? StatusCodes.Status200OK, value is IVersioned record ? EntityTags.Create(record, body) : null, body);
    }

    private static RequestConditions Conditions(HttpContext http) => http.RequestServices.GetRequiredService<RequestConditions>();

    private static IWebhookSecrets Secrets(HttpContext http) => http.RequestServices.GetRequiredService<IWebhookSecrets>();

    private static Writes Writes(HttpContext http) => http.RequestServices.GetRequiredService<Writes>();
}
