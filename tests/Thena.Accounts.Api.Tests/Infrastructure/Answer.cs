using System.Net;
using System.Text;
using System.Text.Json;

namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>An answer of the server, read whole.</summary>
public sealed class Answer(HttpResponseMessage response, string text)
{
    /// <summary>The status.</summary>
    public HttpStatusCode Status => response.StatusCode;

    /// <summary>The headers, those of the content included.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; } = response.Headers.Concat(response.Content.Headers)
        .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);

    /// <summary>The body.</summary>
    public string Text => text;

    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonElement.Parse(text);

    /// <summary>The member of the body with this name.</summary>
    public JsonElement this[string member] => Json.GetProperty(member);

    /// <summary>The text member of the body with this name.</summary>
    public string TextOf(string member) => Json.GetProperty(member).GetString()!;

    /// <summary>The id that the body has.</summary>
    public string Id => TextOf("id");

    /// <summary>Asserts the status; prints the body when it is another.</summary>
    public Answer Expect(int status)
    {
        var request = response.RequestMessage;
        Assert.True(
            (int)Status == status,
            $"{request?.Method} {request?.RequestUri?.PathAndQuery} answered {(int)Status}, not {status}: {text}");
        return this;
    }

    /// <summary>Asserts an error in the contract's form.</summary>
    public Answer ExpectError(int status, string message)
    {
        Expect(status);
        Assert.Equal(status, this["statusCode"].GetInt32());
        Assert.Equal(message, TextOf("message"));
        Assert.False(string.IsNullOrEmpty(TextOf("error")));
        Assert.Equal("application/json; charset=utf-8", Headers["Content-Type"]);
        return this;
    }

    /// <summary>Asserts a 400 that has a problem of a member.</summary>
    public Answer ExpectProblem(string field)
    {
        Expect(400);
        Assert.True(
            Json.TryGetProperty("errors", out var errors)
                && errors.EnumerateArray().Any(error => error.GetProperty("field").GetString() == field),
            $"No problem of {field} in {text}");
        return this;
    }
}

/// <summary>Requests that are answered with an <see cref="Answer"/>.</summary>
public static class Requests
{
    /// <summary>Gets.</summary>
    public static Task<Answer> Get(this HttpClient client, string path) => client.Send(HttpMethod.Get, path, null);

    /// <summary>Posts an object, or a string that is JSON already.</summary>
    public static Task<Answer> Post(this HttpClient client, string path, object body) => client.Send(HttpMethod.Post, path, body);

    /// <summary>Puts an object, or a string that is JSON already.</summary>
    public static Task<Answer> Put(this HttpClient client, string path, object body) => client.Send(HttpMethod.Put, path, body);

    /// <summary>Patches with an object, or a string that is JSON already.</summary>
    public static Task<Answer> Patch(this HttpClient client, string path, object body) => client.Send(HttpMethod.Patch, path, body);

    /// <summary>Deletes.</summary>
    public static Task<Answer> Delete(this HttpClient client, string path) => client.Send(HttpMethod.Delete, path, null);

    /// <summary>Sends a request with an object, a string that is JSON already, or nothing.</summary>
    public static async Task<Answer> Send(
        this HttpClient client, HttpMethod method, string path, object? body, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
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
