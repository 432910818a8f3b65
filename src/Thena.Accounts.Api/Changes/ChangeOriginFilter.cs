using Microsoft.AspNetCore.Mvc.Filters;
using Thena.Accounts.Postgres.Changes;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.Changes;

/// <summary>Notes where the changes of a request come from.</summary>
internal sealed class ChangeOriginFilter : IActionFilter
{
    public void OnActionExecuting(ActionExecutingContext context)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method) || http.Features.Get<Caller>() is not { } caller)
        {
            return;
        }

        var origin = http.RequestServices.GetRequiredService<ChangeOrigin>();
        origin.Source = http.GetEndpoint()?.Metadata.GetMetadata<ChangesAsAttribute>()?.Source ?? ChangeSource.Api;
        origin.RequestId = http.TraceIdentifier;
        origin.ActorId = caller.UserId;
        origin.ApiKeyId = caller.KeyId;
    }

    public void OnActionExecuted(ActionExecutedContext context)
    {
    }
}
