using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Thena.Accounts.Api.Errors;

namespace Thena.Accounts.Api.Authentication;

/// <summary>Answers a refused request with 403 and the message of the failed requirement.</summary>
internal sealed class AccessResultHandler : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _inner = new();

    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult is { Forbidden: true, AuthorizationFailure.FailureReasons: var reasons }
            ? ErrorWriter.WriteAsync(context, StatusCodes.Status403Forbidden, reasons.FirstOrDefault()?.Message ?? ErrorMessages.NoAccess)
            : _inner.HandleAsync(next, context, policy, authorizeResult);
}
