using Microsoft.AspNetCore.Mvc;
using Thena.Accounts.Api.Responses;
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
            await ResponseJson.WriteAsync(context.HttpContext, stored.Body);
        }
    }
}
