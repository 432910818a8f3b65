using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using Polly.Timeout;
using Thena.Accounts.Moving.Copying;

namespace Thena.Accounts.Moving.Servers;

/// <summary>
/// Reads lists of another server, and writes records to it. Waits when its rate limit is used up. The client repeats requests that fail; if
/// one still fails, the error tells why.
/// </summary>
internal sealed class ServerConnection
{
    private const string Remaining = "X-RateLimit-Remaining";
    private const string Reset = "X-RateLimit-Reset";
    private const int MaxMessageLength = 200;

    /// <summary>Deeper than a record can be, which is checked for each of them.</summary>
    private static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = 1_000 };

    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(2);

    private readonly HttpClient _client;
    private readonly ServerAccess _access;
    private readonly TimeProvider _time;
    private DateTimeOffset _notBefore;

    /// <summary>Creates a connection.</summary>
    /// <param name="client">The client of <see cref="ServerClient"/>.</param>
    /// <param name="access">The server.</param>
    /// <param name="time">The clock.</param>
    public ServerConnection(HttpClient client, ServerAccess access, TimeProvider time)
    {
        (_client, _access, _time) = (client, access, time);
        _client.BaseAddress = access.Address;
        _client.DefaultRequestHeaders.Add("x-api-key", access.Key);
        _client.DefaultRequestHeaders.Add("Accept", "application/json");
    }

    /// <summary>The name of the server.</summary>
    public string Name => _access.Name;

    /// <summary>Reads a list: an array, or an object with an array named <c>data</c>.</summary>
    /// <param name="path">The path and query, without a leading slash.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <exception cref="RecordSourceException">The server does not answer with a list.</exception>
    public async Task<IReadOnlyList<ServerRecord>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return response.StatusCode == HttpStatusCode.OK ? ParseList(request, body) : throw Failed(request, response, body);
    }

    /// <summary>Creates or updates a record.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path, without a leading slash.</param>
    /// <param name="json">The body.</param>
    /// <param name="idempotencyKey">The idempotency key. Servers that do not know it ignore it.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <exception cref="RecordSourceException">The server does not answer with the record, or with a reason to refuse it.</exception>
    public async Task<TargetAnswer> WriteAsync(
        HttpMethod method, string path, byte[] json, string? idempotencyKey, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(json) };
        request.Content.Headers.ContentType = new("application/json");
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        using var response = await SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.OK or HttpStatusCode.Created => new TargetAnswer(ParseId(request, body)),
            HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Conflict or HttpStatusCode.RequestEntityTooLarge
                or HttpStatusCode.UnprocessableEntity => new TargetAnswer(null, StatusOf(response, body)),
            _ => throw Failed(request, response, body),
        };
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var wait = _notBefore - _time.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, _time, cancellationToken);
        }

        try
        {
            var response = await _client.SendAsync(request, cancellationToken);
            Pace(response);
            return response;
        }
        catch (TimeoutRejectedException)
        {
            throw new RecordSourceException(
                $"{Describe(request)} at {Name} failed: no answer in time. To continue later, run the same command again.");
        }
        catch (HttpRequestException exception)
        {
            throw new RecordSourceException($"{Describe(request)} at {Name} failed: {exception.GetBaseException().Message}");
        }
    }

    /// <summary>Makes the next request wait until the rate limit allows it.</summary>
    private void Pace(HttpResponseMessage response)
    {
        if (NumberOf(response, Remaining) == 0 && NumberOf(response, Reset) is { } reset)
        {
            // The clocks can differ. The date of the response is that of the clock that the reset time comes from.
            var now = _time.GetUtcNow();
            var wait = reset - (response.Headers.Date ?? now).ToUnixTimeSeconds();
            _notBefore = now + TimeSpan.FromSeconds(Math.Clamp(wait, 0, MaxWait.TotalSeconds));
        }
    }

    private IReadOnlyList<ServerRecord> ParseList(HttpRequestMessage request, byte[] body)
    {
        using var document = Parse(request, body);
        return DataOf(document.RootElement) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Select(record => new ServerRecord(IdOf(record), JsonMarshal.GetRawUtf8Value(record).ToArray()))]
            : throw new RecordSourceException($"{Name} answers {Describe(request)} with JSON that is not a list.");
    }

    private string ParseId(HttpRequestMessage request, byte[] body)
    {
        using var document = Parse(request, body);
        var record = DataOf(document.RootElement);
        return record.ValueKind == JsonValueKind.Object
            && (record.TryGetProperty("id", out var id) || record.TryGetProperty("uid", out id))
            && id.ValueKind == JsonValueKind.String
            ? id.GetString()!
            : throw new RecordSourceException($"{Name} answers {Describe(request)} with JSON that has no id.");
    }

    private JsonDocument Parse(HttpRequestMessage request, byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body, DocumentOptions);
        }
        catch (JsonException exception)
        {
            throw new RecordSourceException($"{Name} answers {Describe(request)} with invalid JSON: {exception.Message}");
        }
    }

    private RecordSourceException Failed(HttpRequestMessage request, HttpResponseMessage response, byte[] body)
    {
        var status = StatusOf(response, body);
        var (name, variable, option) = (Name, _access.KeyVariable, _access.Option);
        return new RecordSourceException(response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => $"{name} refuses the key in {variable}: {status}.",
            HttpStatusCode.Forbidden => $"The key in {variable} may not {Describe(request)} at {name}: {status}.",
            HttpStatusCode.NotFound => $"{name} has no {PathOf(request)}: {status}. Check the address in {option}.",
            _ when response.Headers.Location is { } location =>
                $"{name} redirects {Describe(request)} to {location}. Use the address of that server in {option}.",
            _ => $"{name} answers {Describe(request)} with {status}. To go on later, run the same command again.",
        });
    }

    private static string Describe(HttpRequestMessage request) => $"{request.Method} {PathOf(request)}";

    private static string PathOf(HttpRequestMessage request) => request.RequestUri!.IsAbsoluteUri
        ? request.RequestUri.PathAndQuery
        : $"/{request.RequestUri}";

    private static string StatusOf(HttpResponseMessage response, byte[] body) => $"status {(int)response.StatusCode}{MessageOf(body)}";

    /// <summary>Returns the content of a response: the member <c>data</c>, or else the whole.</summary>
    private static JsonElement DataOf(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("data", out var data) ? data : root;

    private static string IdOf(JsonElement record) =>
        record.ValueKind == JsonValueKind.Object
            && (record.TryGetProperty("id", out var id) || record.TryGetProperty("uid", out id))
            ? id.GetRawText()
            : record.GetRawText();

    private static long? NumberOf(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values)
            && long.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>Returns the message of an error, to be appended to its status.</summary>
    private static string MessageOf(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, DocumentOptions);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("message", out var message)
                && message.ValueKind == JsonValueKind.String
                && message.GetString() is { Length: > 0 and <= MaxMessageLength } text
                && !text.Any(char.IsControl)
                ? $" \"{text}\""
                : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
