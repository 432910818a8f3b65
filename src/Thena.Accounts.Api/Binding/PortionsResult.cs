using Microsoft.AspNetCore.Mvc;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Api.Binding;

/// <summary>
/// Answers with a list of records that are read in portions. A portion is read when the client has taken the one before, so that only one
/// is in memory, and no connection to the database is held while the server waits for the client.
/// </summary>
internal sealed class PortionsResult<T>(IAsyncEnumerable<IReadOnlyList<T>> portions) : ActionResult
{
    /// <inheritdoc/>
    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var (response, aborted) = (context.HttpContext.Response, context.HttpContext.RequestAborted);
        response.ContentType = WireJson.ContentType;
        await using var list = new JsonListWriter(response.BodyWriter, WireJson.Options.GetTypeInfo(typeof(T)), aborted);
        await foreach (var portion in portions.WithCancellation(aborted))
        {
            await list.WriteAsync(portion);
        }

        await list.EndAsync();
    }
}
