using Microsoft.AspNetCore.Mvc.Filters;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Api.Binding;

/// <summary>Answers a blank ID in the path with the contract's error message.</summary>
/// <param name="message">The error message, such as <c>Account ID is required!</c>.</param>
/// <param name="parameter">The name of the ID in the route.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiredIdAttribute(string message, string parameter = "id") : Attribute, IActionFilter
{
    /// <summary>The error message.</summary>
    public string Message => message;

    /// <inheritdoc/>
    public void OnActionExecuting(ActionExecutingContext context)
    {
        if (string.IsNullOrWhiteSpace((string?)context.RouteData.Values[parameter]))
        {
            context.Result = new ErrorResult(Error.Invalid(message));
        }
    }

    /// <inheritdoc/>
    public void OnActionExecuted(ActionExecutedContext context)
    {
    }
}
