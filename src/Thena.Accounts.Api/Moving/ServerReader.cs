using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using Polly.Timeout;
using Thena.Accounts.Core.Moving;

namespace Thena.Accounts.Api.Moving;

/// <summary>A record of another server.</summary>
/// <param name="Id">The ID, or the whole JSON if there is none.</param>
/// <param name="Json">The JSON, in UTF-8.</param>
internal sealed record ServerRecord(string Id, ReadOnlyMemory<byte> Json);

/// <summary>Where another server is, and how it is asked.</summary>
/// <param name="Address">The absolute URL, which ends with a slash.</param>
/// <param name="KeyVariable">The name of the environment variable that holds the key.</param>
/// <param name="Key">The key. It is sent to this server only, and never shown.</param>
internal sealed record ServerAccess(Uri Address, string KeyVariable, string Key)
{
    /// <summary>Reads the key from an environment variable.</summary>
    /// <param name="url">The URL of the server.</param>
    /// <param name="keyVariable">The name of the environment variable.</param>
    /// <exception cref="RecordSourceException">There is no key, or the URL is not one of HTTP.</exception>
    public static ServerAccess FromEnvironment(string url, string keyVariable)
    {
        var key = Environment.GetEnvironmentVariable(keyVariable)?.Trim() ?? "";
        return !Uri.TryCreate(url, UriKind.Absolute, out var address)
                || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp)
            ? throw new RecordSourceException("--from must be an absolute URL, such as https://api.example.com.")
            : key.Length == 0
            ? throw new RecordSourceException(
                $"The environment variable {keyVariable} is not set. Set it to an API key of the server at {address.Authority}.")
            : !key.All(letter => letter is > ' ' and <= '~')
            ? throw new RecordSourceException($"The environment variable {keyVariable} does not contain an API key.")
            : new ServerAccess(new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/"), keyVariable, key);
    }
}

/// <summary>
/// Reads lists of another server. Waits when its rate limit is used up. The client repeats requests that fail; if one still fails, the
/// error tells why.
/// </summary>
internal sealed class ServerReader
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

    /// <summary>Creates a reader.</summary>
    /// <param name="client">The client of <see cref="ServerClient"/>.</param>
    /// <param name="access">The server.</param>
    /// <param name="time">The clock.</param>
    public ServerReader(HttpClient client, ServerAccess access, TimeProvider time)
    {
        (_client, _access, _time) = (client, access, time);
        _client.BaseAddress = access.Address;
        _client.DefaultRequestHeaders.Add("x-api-key", access.Key);
        _client.DefaultRequestHeaders.Add("Accept", "application/json");
    }

    /// <summary>Reads a list: an array, or an object with an array named <c>data</c>.</summary>
    /// <param name="path">The path and query, without a leading slash.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <exception cref="RecordSourceException">The server does not answer with a list.</exception>
    public async Task<IReadOnlyList<ServerRecord>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var wait = _notBefore - _time.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, _time, cancellationToken);
        }

        using var response = await SendAsync(path, cancellationToken);
        Pace(response);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return response.StatusCode == HttpStatusCode.OK ? Parse(path, body) : throw Refused(path, response, body);
    }

    private async Task<HttpResponseMessage> SendAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        }
        catch (TimeoutRejectedException)
        {
            throw new RecordSourceException(
                $"GET /{path} at {Host} failed: no answer in time. To continue later, run the same command again.");
        }
        catch (HttpRequestException exception)
        {
            throw new RecordSourceException($"GET /{path} at {Host} failed: {exception.GetBaseException().Message}");
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

    private IReadOnlyList<ServerRecord> Parse(string path, byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, DocumentOptions);
            var root = document.RootElement;
            var list = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("data", out var data) ? data : root;
            return list.ValueKind == JsonValueKind.Array
                ? [.. list.EnumerateArray().Select(record => new ServerRecord(IdOf(record), JsonMarshal.GetRawUtf8Value(record).ToArray()))]
                : throw new RecordSourceException($"{Host} answers GET /{path} with JSON that is not a list.");
        }
        catch (JsonException exception)
        {
            throw new RecordSourceException($"{Host} answers GET /{path} with invalid JSON: {exception.Message}");
        }
    }

    private RecordSourceException Refused(string path, HttpResponseMessage response, byte[] body)
    {
        var status = $"status {(int)response.StatusCode}{MessageOf(body)}";
        return new RecordSourceException(response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => $"{Host} refuses the key in {_access.KeyVariable}: {status}.",
            HttpStatusCode.Forbidden => $"The key in {_access.KeyVariable} may not read /{path} at {Host}: {status}.",
            HttpStatusCode.NotFound => $"{Host} has no /{path}: {status}. Check the address in --from.",
            _ when response.Headers.Location is { } location =>
                $"{Host} redirects GET /{path} to {location}. Use the address of that server in --from.",
            _ => $"{Host} answers GET /{path} with {status}. To go on later, run the same command again.",
        });
    }

    private string Host => _access.Address.Authority;

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
