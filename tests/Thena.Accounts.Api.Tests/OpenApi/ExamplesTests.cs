using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Thena.Accounts.Api.Tests.OpenApi;

/// <summary>The examples of the API document, as Swagger UI shows and sends them.</summary>
public sealed class ExamplesTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const string Json = "application/json";

    /// <summary>Stands for what Swagger UI makes up for a text without an example.</summary>
    private const string Filler = "FILLER";

    /// <summary>Operations whose example body contains the ID of a record.</summary>
    private static readonly HashSet<string> WithIdsInBody = new(StringComparer.Ordinal)
    {
        "updateCustomFields", "deleteCustomFields", "createRelationship", "createActivity", "createNote", "createTask",
    };

    [Fact]
    public async Task Examples_OfAllOperationsOnTheDemoData_Succeed()
    {
        var tenant = await server.CreateTenantAsync();
        await server.AddDemoDataAsync(tenant);
        var document = await ReadDocumentAsync();
        List<string> wrong = [], unnamed = [];

        foreach (var (method, path, operation) in OperationsOf(document))
        {
            if (AddressOf(path, operation).Contains('{', StringComparison.Ordinal))
            {
                // Its ID is another one in each database.
                unnamed.Add(path);
                continue;
            }

            var (status, text) = await SendAsync(tenant, document, method, path, operation);
            if (status != StatusesOf(operation).Last(documented => documented[0] == '2'))
            {
                wrong.Add($"{method} {path}: {status} {text}");
            }
        }

        Assert.Empty(wrong);
        Assert.All(
            unnamed,
            path => Assert.True(
                path == "/v1/accounts/events/{eventId}" || path.StartsWith($"{Paths.Webhooks}/{{id}}", StringComparison.Ordinal), path));
        Assert.Equal("3M", Assert.Single((await tenant.Client.Get("/v1/accounts?search=mmm.example")).Each("name")));
    }

    [Fact]
    public async Task Examples_WithoutTheDemoData_SucceedUnlessTheyNameARecord()
    {
        var tenant = await server.CreateTenantAsync();
        var document = await ReadDocumentAsync();
        List<string> wrong = [];

        foreach (var (method, path, operation) in OperationsOf(document))
        {
            if (AddressOf(path, operation).Contains('{', StringComparison.Ordinal))
            {
                continue;
            }

            var (status, text) = await SendAsync(tenant, document, method, path, operation);
            var namesRecord = path.Contains('{', StringComparison.Ordinal) || WithIdsInBody.Contains(operation.Text("operationId"));
            if (!StatusesOf(operation).Contains(status, StringComparer.Ordinal) || (namesRecord ? status != "404" : status[0] != '2'))
            {
                wrong.Add($"{method} {path}: {status} {text}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Examples_OfResponses_ContainNoFiller()
    {
        var document = await ReadDocumentAsync();
        var bodies = OperationsOf(document).SelectMany(operation => operation.Operation.GetProperty("responses").EnumerateObject())
            .Select(response => Resolve(document, response.Value))
            .Where(response => response.TryGetProperty("content", out var content) && content.TryGetProperty("application/json", out _))
            .Select(response => SampleOf(document, response.GetProperty("content").GetProperty("application/json"))!.ToJsonString())
            .ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(bodies);
        Assert.All(bodies, body => Assert.DoesNotContain(Filler, body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Examples_OfInvalidRequests_NameAMemberOfTheRequest()
    {
        var document = await ReadDocumentAsync();
        foreach (var (method, path, operation) in OperationsOf(document))
        {
            if (!operation.GetProperty("responses").TryGetProperty("400", out var invalid))
            {
                continue;
            }

            var example = invalid.GetProperty("content").GetProperty("application/json").GetProperty("example");
            var fields = example.TryGetProperty("errors", out var errors)
                ? errors.EnumerateArray().Select(error => error.Text("field")).ToList()
                : [];
            var members = ParametersOf(operation).Select(parameter => parameter.Text("name"))
                .Concat(BodySchemaOf(document, operation) is { } body
                    ? body.GetProperty("properties").EnumerateObject().Select(property => property.Name)
                    : []);
            Assert.True(fields.TrueForAll(field => members.Contains(field, StringComparer.Ordinal)), $"{method} {path}: {example}");
            Assert.True(
                fields.Count == 1 || example.Text("message").EndsWith("ID is required!", StringComparison.Ordinal)
                    || example.Text("message").StartsWith("The file", StringComparison.Ordinal),
                $"{method} {path}: {example}");
        }
    }

    private static async Task<(string Status, string Text)> SendAsync(
        Tenant tenant, JsonElement document, string method, string path, JsonElement operation)
    {
        var (body, type) = BodyOf(document, operation);
        var answer = await tenant.Client.Send(new HttpMethod(method.ToUpperInvariant()), AddressOf(path, operation), body, type);
        return (((int)answer.Status).ToString(CultureInfo.InvariantCulture), answer.Text);
    }

    private static IEnumerable<string> StatusesOf(JsonElement operation) =>
        operation.GetProperty("responses").EnumerateObject().Select(response => response.Name);

    private async Task<JsonElement> ReadDocumentAsync() => (await server.CreateClient().Get("/openapi/v1.json")).Expect(200).Json;

    private static IEnumerable<(string Method, string Path, JsonElement Operation)> OperationsOf(JsonElement document) =>
        document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject(), (path, operation) => (operation.Name, path.Name, operation.Value));

    /// <summary>The parameters of an operation alone. Those that it refers to are headers, which have no examples.</summary>
    private static IEnumerable<JsonElement> ParametersOf(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Where(parameter => parameter.TryGetProperty("name", out _))
            : [];

    /// <summary>The address of a request with the examples of its parameters.</summary>
    private static string AddressOf(string path, JsonElement operation)
    {
        List<string> query = [];
        foreach (var parameter in ParametersOf(operation))
        {
            var isInPath = parameter.Text("in") == "path";
            if (parameter.TryGetProperty("example", out var example))
            {
                var (name, value) = (parameter.Text("name"), Uri.EscapeDataString(example.ToString()));
                path = isInPath ? path.Replace($"{{{name}}}", value, StringComparison.Ordinal) : path;
                query.AddRange(isInPath ? [] : [$"{name}={value}"]);
            }
        }

        return $"{path}?{string.Join('&', query)}";
    }

    private static JsonElement? BodySchemaOf(JsonElement document, JsonElement operation) =>
        operation.TryGetProperty("requestBody", out var body)
            && body.GetProperty("content").TryGetProperty(Json, out var content)
            ? Resolve(document, content.GetProperty("schema"))
            : null;

    /// <summary>The body of a request with the first example, and its media type. A file is a text.</summary>
    private static (string? Body, string Type) BodyOf(JsonElement document, JsonElement operation)
    {
        if (!operation.TryGetProperty("requestBody", out var body))
        {
            return (null, Json);
        }

        var content = body.GetProperty("content").EnumerateObject().First();
        var sample = SampleOf(document, content.Value)!;
        return (content.Name == Json ? sample.ToJsonString() : sample.GetValue<string>(), content.Name);
    }

    /// <summary>What Swagger UI shows for a body or a schema: its example, or else the examples of its parts.</summary>
    private static JsonNode? SampleOf(JsonElement document, JsonElement part)
    {
        if (part.TryGetProperty("example", out var example))
        {
            return JsonNode.Parse(example.GetRawText());
        }

        var schema = Resolve(document, part);
        return part.TryGetProperty("schema", out var inner) ? SampleOf(document, inner)
            : schema.TryGetProperty("example", out example) ? JsonNode.Parse(example.GetRawText())
            : schema.TryGetProperty("enum", out var values) ? JsonNode.Parse(values[0].GetRawText())
            : schema.TryGetProperty("properties", out var properties) ? new JsonObject(
                properties.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, SampleOf(document, property.Value))))
            : schema.TryGetProperty("items", out var items) ? new JsonArray(SampleOf(document, items))
            : schema.TryGetProperty("type", out var type) && type.GetString() is "boolean" or "integer" or "number" ? 0
            : Filler;
    }

    /// <summary>The schema or response that a part of the document is, or refers to.</summary>
    private static JsonElement Resolve(JsonElement document, JsonElement part) =>
        part.TryGetProperty("$ref", out var reference)
            ? reference.GetString()!.Split('/').Skip(1).Aggregate(document, (element, name) => element.GetProperty(name))
            : part;
}
