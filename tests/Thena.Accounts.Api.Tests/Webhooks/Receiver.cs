using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Thena.Accounts.Api.Tests.Webhooks;

/// <summary>A receiver of webhooks on this machine.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Channel<ReceivedRequest> _requests = Channel.CreateUnbounded<ReceivedRequest>();
    private readonly ConcurrentQueue<ReceivedRequest> _all = new();
    private readonly WebApplication _application;

    private Receiver(WebApplication application) => _application = application;

    /// <summary>The URL of the receiver.</summary>
    public string Url => _application.Urls.Single() + "/hook";

    /// <summary>The port of the receiver.</summary>
    public int Port => new Uri(Url).Port;

    /// <summary>All requests so far.</summary>
    public IReadOnlyCollection<ReceivedRequest> All => _all;

    /// <summary>Starts a receiver.</summary>
    /// <param name="answer">Answers a request that has been received; 204 by default.</param>
    public static async Task<Receiver> StartAsync(Func<ReceivedRequest, HttpResponse, Task>? answer = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build());
        receiver._application.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            var headers = context.Request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            var request = new ReceivedRequest(headers, Encoding.UTF8.GetString(body.ToArray()));
            receiver._all.Enqueue(request);
            receiver._requests.Writer.TryWrite(request);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            if (answer is not null)
            {
                await answer(request, context.Response);
            }
        });
        await receiver._application.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Starts a receiver that answers with a status.</summary>
    public static Task<Receiver> StartAsync(int status) => StartAsync((_, response) =>
    {
        response.StatusCode = status;
        return Task.CompletedTask;
    });

    /// <summary>Waits for the next request.</summary>
    public async Task<ReceivedRequest> NextAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        return await _requests.Reader.ReadAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _application.StopAsync(soon.Token);
        await _application.DisposeAsync();
    }
}

/// <summary>A request to a receiver.</summary>
/// <param name="Headers">The headers.</param>
/// <param name="Body">The body.</param>
public sealed record ReceivedRequest(IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonElement.Parse(Body);

    /// <summary>The type of the event.</summary>
    public string Type => Json.Text("eventType");

    /// <summary>The ID of the event, as the header has it.</summary>
    public string Id => Headers["webhook-id"];

    /// <summary>Returns the signature that the request has if it is signed with a secret.</summary>
    public string SignWith(string secret) => "v1," + Convert.ToBase64String(HMACSHA256.HashData(
        Convert.FromBase64String(secret["whsec_".Length..]),
        Encoding.UTF8.GetBytes($"{Id}.{Headers["webhook-timestamp"]}.{Body}")));
}
