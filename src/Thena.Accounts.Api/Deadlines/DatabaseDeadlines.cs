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
