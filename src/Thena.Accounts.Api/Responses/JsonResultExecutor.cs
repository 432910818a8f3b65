using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;

namespace Thena.Accounts.Api.Responses;

/// <summary>Sends what actions return as JSON, whatever the client accepts.</summary>
internal sealed class JsonResultExecutor : IActionResultExecutor<ObjectResult>
{
    public Task ExecuteAsync(ActionContext context, ObjectResult result)
    {
        context.HttpContext.Response.StatusCode = result.StatusCode ?? StatusCodes.Status200OK;
        return ResponseJson.WriteAsync(context.HttpContext, result.Value, result.DeclaredType ?? result.Value!.GetType());
    }
}
