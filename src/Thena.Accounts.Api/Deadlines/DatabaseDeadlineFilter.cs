using Microsoft.AspNetCore.Mvc.Filters;

namespace Thena.Accounts.Api.Deadlines;

/// <summary>Lets the clock of the request run during the action, but not while the body is received or the response is sent.</summary>
internal sealed class DatabaseDeadlineFilter : IAsyncActionFilter
{
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var http = context.HttpContext;
        var client = DatabaseDeadlines.ClientOf(http);

        // For a client that has left before the work begins, none is done.
        client.ThrowIfCancellationRequested();
        using var running = http.RequestAborted == client ? null : DatabaseDeadlines.Start(http);
        await next();
    }
}
