using Microsoft.AspNetCore.Mvc.Filters;
using Thena.Accounts.Postgres.Connections;

namespace Thena.Accounts.Api.Deadlines;

/// <summary>
/// Gives each request a <see cref="DatabaseDeadline"/> in place of the token that fires when the client leaves. The actions and all that
/// they call thus get the token of the deadline, except those that say <see cref="EndsWithClientAttribute"/>.
/// </summary>
internal sealed class DatabaseDeadlines(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, DatabaseDeadline deadline)
    {
        var client = context.RequestAborted;
        context.Features.Set(new ClientToken(client));
        context.RequestAborted = deadline.Token;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException exception) when (deadline.Token.IsCancellationRequested)
        {
            throw new TimeoutException("The database has not answered in time.", exception);
        }
        finally
        {
            context.RequestAborted = client;
        }
    }

    /// <summary>Returns the token that fires when the client leaves, for what waits without a connection to the database.</summary>
    public static CancellationToken ClientOf(HttpContext context) =>
        context.Features.Get<ClientToken>()?.Token ?? context.RequestAborted;

    /// <summary>Lets the clock run while the request needs the database.</summary>
    public static IDisposable Start(HttpContext context) => context.RequestServices.GetRequiredService<DatabaseDeadline>()
        .Start(context.RequestServices.GetRequiredService<DatabaseConnections>().RequestLimit);

    private sealed record ClientToken(CancellationToken Token);
}

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

/// <summary>
/// Marks an operation that may take long, and ends when its client leaves. The connection that it was using is closed then.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EndsWithClientAttribute : Attribute, IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context) =>
        context.HttpContext.RequestAborted = DatabaseDeadlines.ClientOf(context.HttpContext);

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
        // The token stays: the response is written to the same client.
    }
}
