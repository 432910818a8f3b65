using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;
using Thena.Accounts.Core.Deliveries;
using Thena.Accounts.Core.Webhooks;

namespace Thena.Accounts.Api.Webhooks;

/// <summary>
/// Sends requests to receivers, whom the server does not trust: in a limited time, without redirects, cookies or a proxy, only to addresses
/// that are allowed, and reading only the beginning of the answer.
/// </summary>
internal sealed class WebhookSender : IDisposable
{
    private const int MaxRead = 4 * 1_024;
    private const int MaxKept = 1_024;

    private readonly WebhookTargets _targets;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly HttpClient _client;

    public WebhookSender(WebhookTargets targets, IOptions<WebhookOptions> options, TimeProvider time)
    {
        (_targets, _time, _timeout) = (targets, time, TimeSpan.FromSeconds(options.Value.TimeoutSeconds));
        _client = new HttpClient(new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = ConnectAsync,
            MaxResponseDrainSize = 0,
            MaxResponseHeadersLength = 32,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            UseCookies = false,
            UseProxy = false,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd(
            $"Thena-Accounts/{typeof(WebhookSender).Assembly.GetName().Version?.ToString(3) ?? "0"}");
    }

    /// <summary>Sends a request. It never throws because of the receiver.</summary>
    public async Task<WebhookOutcome> SendAsync(WebhookMessage message, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_timeout);
        var outcome = await TrySendAsync(message, limit.Token, cancellationToken);
        return outcome with { Duration = Stopwatch.GetElapsedTime(started) };
    }

    public void Dispose() => _client.Dispose();

    private async Task<WebhookOutcome> TrySendAsync(
        WebhookMessage message, CancellationToken limit, CancellationToken cancellationToken)
    {
        int? status = null;
        try
        {
            if (_targets.FindProblem(message.Url) is { } problem)
            {
                return WebhookOutcome.Unsent($"The URL {problem}.");
            }

            using var request = CreateRequest(message);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit);
            status = (int)response.StatusCode;
            return new WebhookOutcome
            {
                Status = status,
                Response = await ReadAsync(response.Content, limit),
                Error = response.IsSuccessStatusCode ? null
                    : status is >= 300 and < 400 ? "The receiver redirects. Webhooks follow no redirects."
                    : string.Create(CultureInfo.InvariantCulture, $"The receiver answered {status}."),
                RetryAfter = RetryAfterOf(response.Headers.RetryAfter),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WebhookOutcome
            {
                Status = status,
                Error = string.Create(
                    CultureInfo.InvariantCulture, $"The receiver did not answer within {_timeout.TotalSeconds} seconds."),
            };
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            return new WebhookOutcome { Status = status, Error = Describe(exception) };
        }
    }

    private HttpRequestMessage CreateRequest(WebhookMessage message)
    {
        var timestamp = _time.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, message.Url) { Content = new ByteArrayContent(message.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        foreach (var (name, value) in message.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.Add("webhook-id", message.EventId);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(
            "webhook-signature", WebhookSignature.Create(message.EventId, timestamp, message.Body, message.Secrets));
        return request;
    }

    /// <summary>Reads the beginning of a body. The rest is never read: the connection is closed instead.</summary>
    private static async Task<string?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxRead];
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var length = await stream.ReadAtLeastAsync(buffer, MaxRead, throwOnEndOfStream: false, cancellationToken);

        // PostgreSQL has no text with this character.
        var text = Encoding.UTF8.GetString(buffer, 0, Math.Min(length, MaxKept)).Replace('\0', '\uFFFD');
        return text.Length > 0 ? text : null;
    }

    private TimeSpan? RetryAfterOf(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date ? date - _time.GetUtcNow() : null);

    /// <summary>Connects to the first of a host's addresses that is allowed and answers.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        Exception? fault = null;
        foreach (var address in await _targets.ResolveAsync(context.DnsEndPoint.Host, cancellationToken))
        {
            if (_targets.FindProblem(address) is { } problem)
            {
                fault ??= new WebhookRefusedException($"The URL {problem}.");
                continue;
            }

            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                fault = exception;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw fault ?? new SocketException((int)SocketError.HostNotFound);
    }

    private static string Describe(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case WebhookRefusedException:
                    return cause.Message;
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return "The host is not known.";
                case SocketException socket:
                    return $"The receiver cannot be reached: {socket.SocketErrorCode}.";
                case System.Security.Authentication.AuthenticationException:
                    return "The receiver's certificate is not valid.";
            }
        }

        return "The receiver did not answer in HTTP, or closed the connection.";
    }
}
