using System.Net.ServerSentEvents;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Thena.Accounts.Api.Responses;
using Thena.Accounts.Core.Events;

namespace Thena.Accounts.Api.Events;

/// <summary>Answers with Server-Sent Events.</summary>
/// <param name="events">The events.</param>
/// <param name="reader">Ends when the stream ends.</param>
internal sealed class EventStreamResult(IAsyncEnumerable<StreamedEvent?> events, IDisposable reader) : ActionResult
{
    /// <summary>The content type of such a stream.</summary>
    public const string ContentType = "text/event-stream";

    /// <summary>The header in which a client that connects again says which event it had last.</summary>
    public const string LastEventId = "Last-Event-ID";

    private static readonly ReadOnlyMemory<byte> Comment = ": still here\n\n"u8.ToArray();

    /// <inheritdoc/>
    public override async Task ExecuteResultAsync(ActionContext context)
    {
        using (reader)
        {
            await TypedResults.ServerSentEvents(ToItemsAsync(context.HttpContext)).ExecuteAsync(context.HttpContext);
        }
    }

    /// <summary>Returns the items of the stream. Between them, writes a comment when nothing has happened for a while.</summary>
    private async IAsyncEnumerable<SseItem<string>> ToItemsAsync(HttpContext context)
    {
        // The client learns that the stream is open, even if nothing happens for long.
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await foreach (var one in events.WithCancellation(context.RequestAborted))
        {
            if (one is null)
            {
                // The server writes an item as a whole before it asks for the next one.
                await context.Response.Body.WriteAsync(Comment, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                continue;
            }

            var json = Encoding.UTF8.GetString(ResponseJson.Serialize(one.Event, typeof(EventResponse)));
            yield return new SseItem<string>(json, one.Event.EventType) { EventId = one.Cursor };
        }
    }
}
