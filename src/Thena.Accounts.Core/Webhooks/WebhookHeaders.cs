using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Webhooks;

/// <summary>The headers that a webhook adds to its requests.</summary>
internal static class WebhookHeaders
{
    private const int MaxCount = 10;
    private const int MaxNameLength = 64;
    private const int MaxValueLength = 1_024;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>Headers that belong to the connection, or to the form of the request.</summary>
    private static readonly string[] Refused =
    [
        "connection", "cookie", "date", "expect", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "user-agent",
    ];

    private static readonly string[] RefusedPrefixes = ["content-", "proxy-", "webhook-"];

    /// <summary>Returns the first problem of headers, as the end of a sentence that starts with their name.</summary>
    public static string? FindProblem(IReadOnlyDictionary<string, string?>? headers) =>
        headers is null ? null
        : headers.Count > MaxCount ? string.Create(CultureInfo.InvariantCulture, $"must not have more than {MaxCount} items")
        : headers.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count() < headers.Count ? "must not name a header twice"
        : headers.Select(header => FindProblem(header.Key, header.Value)).FirstOrDefault(problem => problem is not null);

    /// <summary>Writes headers as they are stored.</summary>
    public static RawJson Write(IReadOnlyDictionary<string, string?>? headers) => new(JsonSerializer.Serialize(
        (headers ?? new Dictionary<string, string?>()).ToDictionary(header => header.Key, header => header.Value!.Trim()),
        WebhookJson.Texts));

    /// <summary>Reads headers.</summary>
    public static IReadOnlyDictionary<string, string> Read(RawJson headers) =>
        JsonSerializer.Deserialize(headers.Text, WebhookJson.Texts)!;

    private static string? FindProblem(string name, string? value) =>
        name.Length is 0 or > MaxNameLength || name.AsSpan().ContainsAnyExcept(NameCharacters)
            ? "must have names of letters, digits and hyphens"
        : Refused.Contains(name, StringComparer.OrdinalIgnoreCase)
            || RefusedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            ? $"must not have {name}, which the server sets"
        : value is null || value.Trim().Length is 0 or > MaxValueLength || value.Any(character => character is < ' ' or > '~')
            ? string.Create(
                CultureInfo.InvariantCulture, $"must have values of 1 to {MaxValueLength} visible ASCII characters, which {name} has not")
        : null;
}
