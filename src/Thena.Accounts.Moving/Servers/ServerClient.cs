using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Thena.Accounts.Moving.Servers;

/// <summary>
/// The HTTP client that reads from another server, or writes to it. It repeats requests that fail for a reason that can pass.
/// </summary>
internal static class ServerClient
{
    /// <summary>The name of the client.</summary>
    public const string Name = "Import";

    private const int MaxRetries = 8;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AttemptTime = TimeSpan.FromSeconds(30);

    /// <summary>The longest time for a request with all its repetitions. A server can ask to wait long.</summary>
    private static readonly TimeSpan TotalTime = TimeSpan.FromHours(1);

    /// <summary>Adds the client. The configuration section <c>Import</c> can change how patient it is.</summary>
    public static void AddServerClient(this IServiceCollection services, IConfiguration configuration)
    {
        var client = services.AddHttpClient(Name, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                // A redirect could lead the key to another server.
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.All,
            });
        var patience = client.AddStandardResilienceHandler(SetPatience);
        if (configuration.GetSection(Name) is var section && section.Exists())
        {
            patience.Configure(section);
        }

        client.AddHttpMessageHandler(() => new WholeBodyHandler());
    }

    private static void SetPatience(HttpStandardResilienceOptions options)
    {
        options.TotalRequestTimeout.Timeout = TotalTime;
        options.AttemptTimeout.Timeout = AttemptTime;
        options.Retry.MaxRetryAttempts = MaxRetries;
        options.Retry.Delay = FirstDelay;
        options.Retry.MaxDelay = LongestDelay;
        options.Retry.OnRetry = TellAsync;

        // An import has nothing else to do than to try again.
        options.CircuitBreaker.ShouldHandle = _ => PredicateResult.False();
        options.CircuitBreaker.SamplingDuration = TotalTime;
    }

    private static async ValueTask TellAsync(OnRetryArguments<HttpResponseMessage> retry)
    {
        var request = retry.Context.GetRequestMessage();
        var uri = request?.RequestUri;
        var reason = retry.Outcome switch
        {
            { Result: { } response } => $"status {(int)response.StatusCode}",
            { Exception: TimeoutRejectedException } => "no answer in time",
            _ => retry.Outcome.Exception?.GetBaseException().Message,
        };
        await Console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{request?.Method} {uri?.PathAndQuery} at {uri?.Authority} failed ({reason}). Trying again in {retry.RetryDelay.TotalSeconds:0.0} s."));
    }

    /// <summary>
    /// Reads the whole body of a response. <see cref="HttpClient"/> itself reads it after all handlers, when it is too late to repeat a
    /// request whose connection was cut.
    /// </summary>
    private sealed class WholeBodyHandler : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            try
            {
                await response.Content.LoadIntoBufferAsync(cancellationToken);
                return response;
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }
    }
}
