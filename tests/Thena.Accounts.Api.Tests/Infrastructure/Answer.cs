using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>An answer of the server, with its body read.</summary>
public sealed partial class Answer(HttpResponseMessage response, string text)
{
    /// <summary>The status.</summary>
    public HttpStatusCode Status => response.StatusCode;

    /// <summary>The headers of the response and of its content.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; } = response.Headers.Concat(response.Content.Headers)
        .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);

    /// <summary>The body.</summary>
    public string Text => text;

    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonElement.Parse(text);

    /// <summary>A member of the body.</summary>
    public JsonElement this[string member] => Json.GetProperty(member);

    /// <summary>Returns the value of a string member.</summary>
    public string TextOf(string member) => Json.GetProperty(member).GetString()!;

    /// <summary>Returns the JSON text of a member.</summary>
    public string RawOf(string member) => this[member].GetRawText();

    /// <summary>The member <c>id</c>.</summary>
    public string Id => TextOf("id");

    /// <summary>Returns a string member of every row of a list.</summary>
    public string[] Each(string member) => [.. Json.EnumerateArray().Select(row => row.Text(member))];

    /// <summary>Returns the URLs in the <c>Link</c> header, by their relation.</summary>
    public Dictionary<string, string> Links() => Link().Matches(Headers["Link"])
        .ToDictionary(link => link.Groups["relation"].Value, link => link.Groups["address"].Value);

    /// <summary>Asserts a 400, and returns the fields of its problems in their order.</summary>
    public string[] ProblemFields() => [.. Expect(400)["errors"].EnumerateArray().Select(error => error.Text("field"))];

    /// <summary>Asserts the status. A failure shows the body.</summary>
    public Answer Expect(int status)
    {
        var request = response.RequestMessage;
        Assert.True(
            (int)Status == status,
            $"{request?.Method} {request?.RequestUri?.PathAndQuery} answered {(int)Status}, not {status}: {text}");
        return this;
    }

    /// <summary>Asserts an error in the form of the contract.</summary>
    public Answer ExpectError(int status, string message)
    {
        Expect(status);
        Assert.Equal(status, this["statusCode"].GetInt32());
        Assert.Equal(message, TextOf("message"));
        Assert.False(string.IsNullOrEmpty(TextOf("error")));
        Assert.Equal("application/json; charset=utf-8", Headers["Content-Type"]);
        return this;
    }

    /// <summary>Asserts a 400 that lists a problem of this field.</summary>
    public Answer ExpectProblem(string field)
    {
        Expect(400);
        Assert.True(
            Json.TryGetProperty("errors", out var errors)
                && errors.EnumerateArray().Any(error => error.GetProperty("field").GetString() == field),
            $"No problem of {field} in {text}");
        return this;
    }

    [GeneratedRegex("<(?<address>[^>]+)>; rel=\"(?<relation>[a-z]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}

/// <summary>
/// Sends requests and reads the answers. The names have no suffix, since <see cref="HttpClient"/> has methods such as <c>GetAsync</c>.
/// </summary>
public static class Requests
{
    /// <summary>Sends a GET request.</summary>
    public static Task<Answer> Get(this HttpClient client, string path) => client.Send(HttpMethod.Get, path, null);

    /// <summary>Sends a POST request. The body is an object or JSON text.</summary>
    public static Task<Answer> Post(this HttpClient client, string path, object body) => client.Send(HttpMethod.Post, path, body);

    /// <summary>Sends a PUT request. The body is an object or JSON text.</summary>
    public static Task<Answer> Put(this HttpClient client, string path, object body) => client.Send(HttpMethod.Put, path, body);

    /// <summary>Sends a PATCH request. The body is an object or JSON text.</summary>
    public static Task<Answer> Patch(this HttpClient client, string path, object body) => client.Send(HttpMethod.Patch, path, body);

    /// <summary>Sends a DELETE request.</summary>
    public static Task<Answer> Delete(this HttpClient client, string path) => client.Send(HttpMethod.Delete, path, null);

    /// <summary>Sends a GET request with headers.</summary>
    public static Task<Answer> Get(this HttpClient client, string path, params (string Name, string Value)[] headers) =>
        client.Send(HttpMethod.Get, path, null, headers: headers);

    /// <summary>Sends a request. The body is an object, JSON text, bytes or null.</summary>
    public static async Task<Answer> Send(
        this HttpClient client,
        HttpMethod method,
        string path,
        object? body,
        string contentType = "application/json",
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (body is not null)
        {
            var bytes = body as byte[] ?? Encoding.UTF8.GetBytes(body as string ?? JsonSerializer.Serialize(body));
            request.Content = new ByteArrayContent(bytes);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer(response, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
