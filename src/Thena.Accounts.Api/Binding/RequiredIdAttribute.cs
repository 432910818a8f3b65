using Microsoft.AspNetCore.Mvc.Filters;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Api.Binding;

/// <summary>Answers a blank id in the path with the sentence that the contract has for it.</summary>
/// <param name="message">That sentence, such as <c>Account ID is required!</c>.</param>
/// <param name="parameter">The id's name in the path.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiredIdAttribute(string message, string parameter = "id") : ActionFilterAttribute
{
    /// <inheritdoc/>
    public override void OnActionExecuting(ActionExecutingContext context)
    {
        if (string.IsNullOrWhiteSpace((string?)context.RouteData.Values[parameter]))
        {
            context.Result = new ErrorResult(Error.Invalid(message));
        }
    }
}
