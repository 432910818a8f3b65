using Microsoft.AspNetCore.Mvc;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Postgres.Idempotency;

namespace Thena.Accounts.Api.Conditions;

/// <summary>An action result that answers with a response that has been serialized before.</summary>
internal sealed class SerializedResult(SerializedResponse stored) : ActionResult
{
    /// <inheritdoc/>
    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.StatusCode = stored.Status;
        response.Headers.ETag = stored.ETag;
        if (stored.Body.Length > 0)
        {
            response.ContentType = WireJson.ContentType;
            response.ContentLength = stored.Body.Length;
            await response.BodyWriter.WriteAsync(stored.Body, context.HttpContext.RequestAborted);
        }
    }
}
