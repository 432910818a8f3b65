using Microsoft.AspNetCore.Mvc;

namespace Thena.Accounts.Api.Responses;

/// <summary>
/// Answers with a list of records that are read in portions. A portion is read when the client has taken the one before, so that only one
/// is in memory, and no connection to the database is held while the server waits for the client.
/// </summary>
internal sealed class PortionsResult<T>(IAsyncEnumerable<IReadOnlyList<T>> portions) : ActionResult
{
    /// <inheritdoc/>
    public override async Task ExecuteResultAsync(ActionContext context)
    {
        await using var list = ResponseJson.StartList(context.HttpContext, typeof(T));
        await foreach (var portion in portions.WithCancellation(context.HttpContext.RequestAborted))
        {
            if (!await list.WriteAsync(portion))
            {
                return;
            }
        }

        await list.EndAsync();
    }
}
