using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Thena.Accounts.Api.Tests.OpenApi;

public sealed class OpenApiDocumentTests(OpenApiDocumentTests.CountingServer server) : IClassFixture<OpenApiDocumentTests.CountingServer>
{
    private const string UpdateSwitch = "UPDATE_SNAPSHOTS";
    private const int MaxBytes = 500_000;

    /// <summary>Snapshots have one member a line, so that changes can be read.</summary>
    private static readonly JsonSerializerOptions SnapshotOptions = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Every operation with its title.</summary>
    private static readonly string[] Operations =
    [
        "GET /v1/accounts | Get all accounts",
        "POST /v1/accounts | Create an account",
        "POST /v1/accounts/filter/ids | Get accounts by ids",
        "POST /v1/accounts/filter/primary-domains | Get accounts by primary domains",
        "POST /v1/accounts/bulk | Create accounts in bulk",
        "GET /v1/accounts/{id} | Get account details",
        "PUT /v1/accounts/{id} | Update an account",
        "DELETE /v1/accounts/{id} | Delete an account",
        "GET /v1/accounts/account-custom-fields | Get custom fields for an account",
        "POST /v1/custom-field | Create a custom field",
        "GET /v1/custom-field | Get all custom fields",
        "PATCH /v1/custom-field | Update custom fields",
        "GET /v1/custom-field/types | Get custom field types",
        "POST /v1/custom-field/delete | Delete custom fields",
        "GET /v1/accounts/attributes | Gets all account attribute values",
        "POST /v1/accounts/attributes | Creates an account attribute value",
        "PUT /v1/accounts/attributes/{id} | Updates an account attribute value",
        "DELETE /v1/accounts/attributes/{id} | Deletes an account attribute value",
        "GET /v1/accounts/contacts | Get all account contacts",
        "POST /v1/accounts/contacts | Create an account contact",
        "POST /v1/accounts/contacts/filter/ids | Filter customer contacts by ids",
        "GET /v1/accounts/contacts/search | Search customer contacts",
        "POST /v1/accounts/contacts/bulk | Bulk create account contacts",
        "PUT /v1/accounts/contacts/{contactId} | Update a customer contact",
        "DELETE /v1/accounts/contacts/{contactId} | Delete a customer contact",
        "POST /v1/accounts/contacts/ingest | Ingest users",
        "GET /v1/accounts/relationships/types | Get all account relationship types",
        "POST /v1/accounts/relationships/types | Create an account relationship type",
        "PUT /v1/accounts/relationships/types/{id} | Update an account relationship type",
        "DELETE /v1/accounts/relationships/types/{id} | Delete an account relationship type",
        "GET /v1/accounts/relationships | Get all account relationships",
        "POST /v1/accounts/relationships | Create an account relationship",
        "PUT /v1/accounts/relationships/{id} | Update an account relationship",
        "DELETE /v1/accounts/relationships/{id} | Delete an account relationship",
        "GET /v1/accounts/activities | Fetches all account activities",
        "POST /v1/accounts/activities | Creates an account activity",
        "PUT /v1/accounts/activities/{activityId} | Updates an account activity",
        "DELETE /v1/accounts/activities/{activityId} | Deletes an account activity",
        "DELETE /v1/accounts/activities/{activityId}/attachments/{attachmentId} | Removes an attachment from an account activity",
        "GET /v1/accounts/notes | Fetches all account notes by account ID or by note ID",
        "POST /v1/accounts/notes | Creates an account note",
        "PUT /v1/accounts/notes/{noteId} | Updates an account note",
        "DELETE /v1/accounts/notes/{noteId} | Deletes an account note",
        "DELETE /v1/accounts/notes/{noteId}/attachments/{attachmentId} | Removes an attachment from an account note",
        "GET /v1/accounts/tasks | Fetches all account tasks by account ID or by task ID",
        "POST /v1/accounts/tasks | Creates an account task",
        "PUT /v1/accounts/tasks/{taskId} | Updates an account task",
        "DELETE /v1/accounts/tasks/{taskId} | Deletes an account task",
        "DELETE /v1/accounts/tasks/{taskId}/attachments/{attachmentId} | Removes an attachment from an account task",
    ];

    /// <summary>The operations that the API reference does not have.</summary>
    private static readonly string[] Extensions =
    [
        "GET /v1/accounts/contacts/{contactId} | Get contact details",
        "GET /v1/accounts/relationships/{id} | Get relationship details",
        "GET /v1/accounts/activities/{activityId} | Get activity details",
        "GET /v1/accounts/notes/{noteId} | Get note details",
        "GET /v1/accounts/tasks/{taskId} | Get task details",
        "POST /v1/accounts/import | Import accounts from a file",
        "POST /v1/accounts/contacts/import | Import contacts from a file",
        "GET /v1/accounts/export | Export records to a file",
        "GET /health/live | Check that the process is alive",
        "GET /health/ready | Check that the server is ready",
        "GET /v1/accounts/{id}/history | List the changes of an account",
        "GET /v1/accounts/contacts/{contactId}/history | List the changes of a contact",
        "GET /v1/accounts/relationships/{id}/history | List the changes of a relationship",
        "GET /v1/accounts/activities/{activityId}/history | List the changes of an activity",
        "GET /v1/accounts/notes/{noteId}/history | List the changes of a note",
        "GET /v1/accounts/tasks/{taskId}/history | List the changes of a task",
        "POST /v1/accounts/contacts/{contactId}/erase | Erase a contact",
        "GET /v1/accounts/webhooks | List webhooks",
        "POST /v1/accounts/webhooks | Create a webhook",
        "GET /v1/accounts/webhooks/{id} | Get a webhook",
        "PUT /v1/accounts/webhooks/{id} | Update a webhook",
        "DELETE /v1/accounts/webhooks/{id} | Delete a webhook",
        "POST /v1/accounts/webhooks/{id}/rotate-secret | Replace the secret of a webhook",
        "POST /v1/accounts/webhooks/{id}/test | Send a test event",
        "POST /v1/accounts/webhooks/{id}/replay | Send events again",
        "GET /v1/accounts/webhooks/{id}/deliveries | List the deliveries of a webhook",
        "POST /v1/accounts/webhooks/{id}/deliveries/{deliveryId}/retry | Retry a delivery",
        "GET /v1/accounts/events | Read events",
        "GET /v1/accounts/events/{eventId} | Get an event",
        "GET /v1/accounts/events/types | List the types of events",
    ];

    [Theory]
    [InlineData("v1")]
    [InlineData("documented")]
    public async Task Document_ComparedWithTheSnapshot_IsTheSame(string name)
    {
        var answer = (await server.CreateClient().Get($"/openapi/{name}.json")).Expect(200);
        var document = JsonSerializer.Serialize(answer.Json, SnapshotOptions) + "\n";
        var file = SnapshotFile(name);
        if (Environment.GetEnvironmentVariable(UpdateSwitch) == "1")
        {
            await File.WriteAllTextAsync(file, document, TestContext.Current.CancellationToken);
        }

        Assert.True(
            document == await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken),
            $"The API document has changed. If that is meant: {UpdateSwitch}=1 dotnet test, and commit {Path.GetFileName(file)}.");
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("documented")]
    public async Task Document_AsItIsServed_IsSmall(string name)
    {
        var document = (await server.CreateClient().Get($"/openapi/{name}.json")).Expect(200).Text;

        Assert.InRange(Encoding.UTF8.GetByteCount(document), 0, MaxBytes);
    }

    [Fact]
    public async Task Document_OfErrors_DescribesEachOnceWithItsHeaders()
    {
        var document = (await server.CreateClient().Get("/openapi/v1.json")).Expect(200);

        var responses = document["components"].GetProperty("responses").EnumerateObject().ToDictionary(
            response => response.Name,
            response => response.Value.GetProperty("headers").EnumerateObject().Select(header => header.Name).ToList(),
            StringComparer.Ordinal);
        var references = document["paths"].EnumerateObject()
            .Where(path => path.Name.StartsWith("/v1/", StringComparison.Ordinal))
            .SelectMany(path => path.Value.EnumerateObject())
            .SelectMany(operation => operation.Value.GetProperty("responses").EnumerateObject())
            .Where(response => response.Name is not "400" && string.CompareOrdinal(response.Name, "400") > 0)
            .Select(response => response.Value.Text("$ref").Split('/')[^1])
            .ToHashSet(StringComparer.Ordinal);
        Assert.Equal(references.Order(StringComparer.Ordinal), responses.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["X-Request-Id"], responses["Unauthorized"]);
        Assert.Contains("X-RateLimit-Remaining", responses["Forbidden"]);
        Assert.All(["Conflict", "TooManyRequests", "ServiceUnavailable"], (string name) => Assert.Contains("Retry-After", responses[name]));
    }

    [Fact]
    public async Task Document_ComparedWithTheContract_HasEachOperationUnderItsTitle()
    {
        var documented = (await ReadOperationsAsync("v1")).Select(one => $"{one.Name} | {one.Operation.Text("summary")}");

        Assert.Equal(Operations.Concat(Extensions).Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Document_OfAllOperations_MarksExtensionsAndGivesThemTagsOfTheirOwn()
    {
        var operations = await ReadOperationsAsync("v1");

        Assert.Equal(
            Extensions.Order(StringComparer.Ordinal),
            operations.Where(one => IsExtension(one.Operation)).Select(one => $"{one.Name} | {one.Operation.Text("summary")}")
                .Order(StringComparer.Ordinal));
        Assert.All(operations, one => Assert.Equal(
            IsExtension(one.Operation), Assert.Single(one.Operation.Items("tags")) != "Accounts"));
        var list = operations.Single(one => one.Name == "GET /v1/accounts/contacts").Operation.GetProperty("parameters").EnumerateArray();
        Assert.Equal(
            ["createdAfter", "createdBefore", "includeTotal", "updatedAfter", "updatedBefore"],
            list.Where(IsExtension).Select(parameter => parameter.Text("name")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Document_OfTheDocumentedOperations_HasNothingElse()
    {
        var documented = await ReadOperationsAsync("documented");

        Assert.Equal(
            Operations.Select(operation => operation.Split(" | ")[0]).Order(StringComparer.Ordinal),
            documented.Select(one => one.Name).Order(StringComparer.Ordinal));
        var list = documented.Single(one => one.Name == "GET /v1/accounts").Operation.GetProperty("parameters").EnumerateArray();
        Assert.Equal(
            ["accountOwnerId", "classification", "health", "industry", "limit", "page", "source", "status"],
            list.Select(parameter => parameter.Text("name")).Order(StringComparer.Ordinal));
        var text = (await server.CreateClient().Get("/openapi/documented.json")).Text;
        Assert.All(
            (string[])["\"x-extension\"", "\"Idempotency-Key\"", "\"If-Match\"", "\"If-None-Match\"", "\"ETag\"", "\"Link\""],
            extension => Assert.DoesNotContain(extension, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Document_OfResponses_RequiresExactlyWhatIsNeverNull()
    {
        var account = (await server.CreateClient().Get("/openapi/v1.json"))
            .Expect(200)["components"]
            .GetProperty("schemas")
            .GetProperty("Account");

        string[] optional =
        [
            "description", "logo", "secondaryDomain", "accountOwner", "accountOwnerId", "accountOwnerEmail", "accountOwnerAvatarUrl",
            "annualRevenue", "employees", "website", "billingAddress", "shippingAddress",
        ];
        var properties = account.GetProperty("properties").EnumerateObject().ToList();
        var required = account.GetProperty("required").EnumerateArray().Select(name => name.GetString());
        Assert.Equal(32, properties.Count);
        Assert.Equal(properties.Select(property => property.Name).Except(optional).Order(), required.Order());
        Assert.Equal(
            optional.Order(),
            properties.Where(
                property => property.Value.TryGetProperty("nullable", out var nullable) && nullable.ValueKind == JsonValueKind.True)
            .Select(property => property.Name).Order());
    }

    [Fact]
    public async Task Document_AskedForByMany_IsMadeOnce()
    {
        const string Path = "/openapi/v1.json";
        var clients = Enumerable.Range(0, 8).Select(_ => server.CreateClient()).ToList();

        var answers = await Task.WhenAll(clients.Select(client => client.Get(Path)));

        Assert.All(answers, answer => Assert.Equal(answers[0].Text, answer.Expect(200).Text));
        Assert.Equal(1, CountingServer.Made);
        var tag = answers[0].Headers["ETag"];
        Assert.Equal("no-cache", answers[0].Headers["Cache-Control"]);
        var again = await clients[0].Send(HttpMethod.Get, Path, body: null, headers: ("If-None-Match", tag));
        Assert.Equal("", again.Expect(304).Text);
        (await clients[0].Get("/openapi/none.json")).Expect(404);
    }

    [Fact]
    public async Task SwaggerUi_AtItsAddressAndAtTheRoot_IsServed()
    {
        var client = server.CreateClient();

        Assert.Equal("/swagger", (await client.Get("/")).Expect(302).Headers["Location"]);
        var page = (await client.Get("/swagger/index.html")).Expect(200);
        Assert.Contains("swagger-ui", page.Text, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reference_AtItsAddress_LoadsFilesOfThisServerAlone()
    {
        var client = server.CreateClient();

        Assert.Equal("reference/", (await client.Get("/reference")).Expect(302).Headers["Location"]);
        var page = (await client.Get("/reference/")).Expect(200);
        var policy = page.Headers["Content-Security-Policy"];
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("//", policy + page.Text, StringComparison.Ordinal);
        var other = (await client.Get("/reference/")).Expect(200).Headers["Content-Security-Policy"];
        Assert.NotEqual(policy, other);
        (await client.Get("/reference/scalar.js")).Expect(200);
    }

    /// <summary>A server that counts how often it makes the document.</summary>
    public sealed class CountingServer(PostgresServer postgres) : AccountsServer(postgres)
    {
        private static int _made;

        public static int Made => _made;

        protected override void Configure(IServiceCollection services) =>
            services.ConfigureSwaggerGen(options => options.DocumentFilter<Counter>());

        private sealed class Counter : IDocumentFilter
        {
            public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context) =>
                Interlocked.Add(ref _made, context.DocumentName == "v1" ? 1 : 0);
        }
    }

    private static string SnapshotFile(string name, [CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, $"openapi.{name}.json");

    private static bool IsExtension(JsonElement element) =>
        element.TryGetProperty("x-extension", out var mark) && mark.ValueKind == JsonValueKind.True;

    private async Task<List<(string Name, JsonElement Operation)>> ReadOperationsAsync(string document) =>
    [
        .. (await server.CreateClient().Get($"/openapi/{document}.json")).Expect(200)["paths"].EnumerateObject().SelectMany(
            path => path.Value.EnumerateObject(),
            (path, operation) => ($"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value)),
    ];
}
