using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>What a <see cref="FaultyServer"/> does with a request instead of an orderly answer.</summary>
public enum Fault
{
    /// <summary>Answers in order.</summary>
    None,

    /// <summary>Answers 429 with <c>Retry-After</c>.</summary>
    TooManyRequests,

    /// <summary>Answers 500.</summary>
    Error,

    /// <summary>Answers 503 with a <c>Retry-After</c> of 0.</summary>
    Unavailable,

    /// <summary>Closes the connection before the answer.</summary>
    NoAnswer,

    /// <summary>Closes the connection in the middle of the body.</summary>
    HalfAnswer,

    /// <summary>Answers only after the client has given up.</summary>
    Silence,

    /// <summary>Answers with half of the JSON as if it were all.</summary>
    InvalidJson,
}

/// <summary>
/// A server of the API as others might write it: it knows only what the reference documents, and it has bad days. It passes requests on to
/// a real server.
/// </summary>
public sealed class FaultyServer : IAsyncDisposable
{
    private static readonly HashSet<string> DocumentedHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Content-Type", "Retry-After", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset",
    };

    /// <summary>The documented query parameters of the operations that list records.</summary>
    private static readonly Dictionary<string, string[]> DocumentedParameters = new(StringComparer.Ordinal)
    {
        ["/v1/accounts"] = ["source", "status", "classification", "health", "industry", "accountOwnerId", "page", "limit"],
        ["/v1/accounts/attributes"] = ["attribute"],
        ["/v1/accounts/relationships/types"] = [],
        ["/v1/accounts/account-custom-fields"] = [],
        ["/v1/custom-field"] = ["limit", "page", "source", "teamId", "onlyTeamFields"],
        ["/v1/accounts/contacts"] = ["accountId", "contactType", "page", "limit"],
        ["/v1/accounts/relationships"] = ["accountId", "relationshipTypeId", "page", "limit"],
        ["/v1/accounts/activities"] = ["accountId", "type", "status", "page", "limit"],
        ["/v1/accounts/notes"] = ["accountId", "type", "page", "limit"],
        ["/v1/accounts/tasks"] = ["accountId", "activityId", "assigneeId", "type", "status", "priority", "page", "limit"],
    };

    /// <summary>Members of responses that no request has.</summary>
    private static readonly HashSet<string> OnlyInResponses = new(StringComparer.Ordinal)
    {
        "id", "uid", "createdAt", "updatedAt", "slug", "organizationId", "version", "statusId", "typeConfiguration", "accountOwnerEmail",
        "accounts", "contactTypeId", "attachments", "authorId", "creatorEmail", "configuration", "inverseRelationship", "account",
    };

    private readonly WebApplication _application;
    private readonly HttpClient _server;
    private readonly ConcurrentQueue<string> _requests = [];
    private readonly ConcurrentQueue<string> _undocumented = [];

    private FaultyServer(WebApplication application, HttpClient server) => (_application, _server) = (application, server);

    /// <summary>The URL of this server.</summary>
    public string Url => _application.Urls.Single();

    /// <summary>The paths and queries of all requests so far.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>What requests contained that the reference does not document.</summary>
    public IReadOnlyCollection<string> Undocumented => _undocumented;

    /// <summary>Decides the fault of a request, from the number of the request and its path and query.</summary>
    public Func<int, string, Fault> FaultOf { get; set; } = (_, _) => Fault.None;

    /// <summary>Runs before a request is answered, for example to change the data.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Whether records can be created and updated, as the reference documents it.</summary>
    public bool TakesRecords { get; set; }

    /// <summary>The largest number of records of a page.</summary>
    public int MaxLimit { get; set; } = 100;

    /// <summary>Whether all records are on one page, whatever page is asked for.</summary>
    public bool IgnoresPage { get; set; }

    /// <summary>The header <c>X-RateLimit-Remaining</c>, if it is not that of the real server.</summary>
    public Func<int, (int Remaining, DateTimeOffset Reset)?> RateLimitOf { get; set; } = _ => null;

    /// <summary>Starts a server in front of a real one.</summary>
    public static async Task<FaultyServer> StartAsync(AccountsServer server)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var faulty = new FaultyServer(builder.Build(), server.CreateClient());
        faulty._application.Run(faulty.AnswerAsync);
        await faulty._application.StartAsync(TestContext.Current.CancellationToken);
        return faulty;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _server.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var asked = path + context.Request.QueryString;
        _requests.Enqueue(asked);
        var number = _requests.Count;
        var body = await ReadBodyAsync(context.Request);
        if (!CheckDocumented(context.Request, body))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        switch (FaultOf(number, asked))
        {
            case Fault.TooManyRequests:
                context.Response.Headers.RetryAfter = "1";
                context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                return;
            case Fault.Error:
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return;
            case Fault.Unavailable:
                context.Response.Headers.RetryAfter = "0";
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            case Fault.NoAnswer:
                context.Abort();
                return;
            case Fault.Silence:
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(
                    _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                return;
            case var fault:
                await Before(asked);
                await PassOnAsync(context, path, body, number, fault);
                return;
        }
    }

    private static async Task<byte[]> ReadBodyAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    private bool CheckDocumented(HttpRequest request, byte[] body)
    {
        var path = request.Path.Value!;
        var documented = DocumentedParameters.GetValueOrDefault(path);
        var isOperation = request.Method switch
        {
            "GET" => documented is not null,
            "POST" => TakesRecords && documented is not null && path != "/v1/accounts/account-custom-fields",
            "PUT" => TakesRecords && path != "/v1/custom-field" && DocumentedParameters.ContainsKey(path[..path.LastIndexOf('/')]),
            _ => false,
        };
        string[] others =
        [
            .. isOperation ? Array.Empty<string>() : [$"{request.Method} {path}"],
            .. body.Length == 0
                ? []
                : JsonElement.Parse(body).EnumerateObject().Select(member => member.Name).Where(OnlyInResponses.Contains),
            .. request.Query.Keys.Where(name => documented?.Contains(name) == false).Select(name => $"{request.Path}?{name}"),
        ];
        Array.ForEach(others, _undocumented.Enqueue);
        return others.Length == 0;
    }

    private async Task PassOnAsync(HttpContext context, string path, byte[] sent, int number, Fault fault)
    {
        var query = context.Request.Query.ToDictionary(parameter => parameter.Key, parameter => (string?)parameter.Value);
        if (query.TryGetValue("limit", out var limit))
        {
            query["limit"] = Math.Min(int.Parse(limit!, CultureInfo.InvariantCulture), MaxLimit).ToString(CultureInfo.InvariantCulture);
        }

        if (IgnoresPage)
        {
            query.Remove("page");
        }

        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), QueryHelpers.AddQueryString(path, query));
        if (sent.Length > 0)
        {
            request.Content = new ByteArrayContent(sent);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(context.Request.ContentType!);
            if (context.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key)
            {
                request.Headers.Add("Idempotency-Key", key);
            }
        }

        request.Headers.TryAddWithoutValidation("x-api-key", context.Request.Headers["x-api-key"].ToString());
        using var response = await _server.SendAsync(request, context.RequestAborted);
        var body = await response.Content.ReadAsByteArrayAsync(context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (
            var (name, values) in response.Headers.Concat(response.Content.Headers)
                .Where(header => DocumentedHeaders.Contains(header.Key)))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        if (RateLimitOf(number) is { } rate)
        {
            context.Response.Headers["X-RateLimit-Remaining"] = rate.Remaining.ToString(CultureInfo.InvariantCulture);
            context.Response.Headers["X-RateLimit-Reset"] = rate.Reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        }

        var half = fault is Fault.HalfAnswer or Fault.InvalidJson ? body.AsMemory(0, body.Length / 2) : body;
        context.Response.ContentLength = fault == Fault.InvalidJson ? half.Length : body.Length;
        await context.Response.Body.WriteAsync(half, context.RequestAborted);
        if (fault == Fault.HalfAnswer)
        {
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
        }
    }
}
