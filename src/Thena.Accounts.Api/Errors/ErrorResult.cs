using Microsoft.AspNetCore.Mvc;
using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Api.Errors;

/// <summary>An action result that answers with an expected failure.</summary>
internal sealed class ErrorResult(Error error) : ActionResult
{
    /// <inheritdoc/>
    public override Task ExecuteResultAsync(ActionContext context) => ErrorWriter.WriteAsync(context.HttpContext, error);
}
