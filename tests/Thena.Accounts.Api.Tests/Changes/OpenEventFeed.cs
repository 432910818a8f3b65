using System.Net.ServerSentEvents;

namespace Thena.Accounts.Api.Tests.Changes;

/// <summary>An open stream of Server-Sent Events.</summary>
public sealed class OpenEventFeed : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly Stream _body;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private OpenEventFeed(HttpResponseMessage response, Stream body) =>
        (_response, _body, _items) = (
            response, body, SseParser.Create(body).EnumerateAsync().GetAsyncEnumerator(TestContext.Current.CancellationToken));

    /// <summary>Sends the request for a stream, and returns the answer when its headers are there.</summary>
    public static Task<HttpResponseMessage> SendAsync(HttpClient client, string query = "", string? lastEventId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/accounts/events?{query}");
        request.Headers.Add("Accept", "text/event-stream");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>Opens a stream.</summary>
    public static async Task<OpenEventFeed> OpenAsync(HttpClient client, string query = "", string? lastEventId = null)
    {
        var response = await SendAsync(client, query, lastEventId);
        Assert.Equal((200, "text/event-stream"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        return new OpenEventFeed(response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Waits for the next event, and returns its ID, type and data; null at the end.</summary>
    public async Task<(string Id, string Type, string Data)?> ReadAsync() =>
        await _items.MoveNextAsync() ? (_items.Current.EventId!, _items.Current.EventType, _items.Current.Data) : null;

    /// <summary>Waits for a line of the stream, past events.</summary>
    public async Task WaitForLineAsync(string line)
    {
        using var reader = new StreamReader(_body, leaveOpen: true);
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } read && read != line)
        {
        }
    }

    public ValueTask DisposeAsync()
    {
        // An enumerator that waits cannot be disposed of. The end of the response ends it.
        _response.Dispose();
        return ValueTask.CompletedTask;
    }
}
