using Microsoft.AspNetCore.Mvc.Filters;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Api.Binding;

/// <summary>Answers a blank id in the path with the sentence that the contract has for it.</summary>
/// <param name="message">That sentence, such as <c>Account ID is required!</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiredIdAttribute(string message) : ActionFilterAttribute
{
    /// <inheritdoc/>
    public override void OnActionExecuting(ActionExecutingContext context)
    {
        if (context.RouteData.Values.Values.OfType<string>().Any(string.IsNullOrWhiteSpace))
        {
            context.Result = new ErrorResult(Error.Invalid(message));
        }
    }
}
