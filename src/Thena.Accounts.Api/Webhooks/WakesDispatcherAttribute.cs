using Microsoft.AspNetCore.Mvc.Filters;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.Webhooks;

/// <summary>Lets the dispatcher of this process know of a new webhook, or of a delivery to send again, after the commit.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class WakesDispatcherAttribute : Attribute, IAsyncResultFilter
{
    public Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsGet(http.Request.Method) && http.Features.Get<Caller>() is { } caller)
        {
            http.RequestServices.GetRequiredService<WebhookDispatcher>().Start(caller.OrganizationId);
        }

        return next();
    }
}
