using Microsoft.AspNetCore.Mvc.Filters;

namespace Thena.Accounts.Api.Deadlines;

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
