using System.Net.Http.Headers;
using System.Text;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.Tests.Errors;

public sealed class ErrorAnswerTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const int MaxBytes = 10 * 1_024 * 1_024;
    private const string Unauthenticated = """{"statusCode":401,"message":"User is not authenticated!","error":"Unauthorized"}""";
    private const string WrongMethod = """{"statusCode":405,"message":"Method not allowed!","error":"Method Not Allowed"}""";
    private const string WrongType =
        """{"statusCode":415,"message":"Content-Type must be application/json!","error":"Unsupported Media Type"}""";
    private const string TooLarge = """{"statusCode":413,"message":"Request body is too large!","error":"Payload Too Large"}""";

    [Fact]
    public async Task Validation_WithSeveralProblems_NamesTheFirstAndListsAll()
    {
        var tenant = await server.CreateTenantAsync();

        var answer = (await tenant.Client.Post(Paths.Accounts, """{"employees":"5","metadata":[]}""")).Expect(400);

        AssertForm(answer);
        var problems = answer["errors"].EnumerateArray().ToArray();
        Assert.Equivalent(
            (string[])["name", "primaryDomain", "employees", "metadata"], problems.Select(problem => problem.Text("field")), strict: true);
        Assert.Equal(problems[0].Text("message"), answer.TextOf("message"));
        Assert.Contains(problems, problem => problem.Text("message") == "name is required");
        Assert.Equal(["statusCode", "message", "error", "errors"], answer.Json.EnumerateObject().Select(member => member.Name));
    }

    [Theory]
    [InlineData("GET", "/v1/nothing", "/v1/nothing")]
    [InlineData("POST", "/v1/nothing", "/v1/nothing")]
    [InlineData("DELETE", "/v1/accounts/a/b/c", "/v1/accounts/a/b/c")]
    [InlineData("GET", "/nothing?a=b", "/nothing")]
    [InlineData("GET", "/v1/accounts/filter", "/v1/accounts/filter")]
    [InlineData("DELETE", "/v1/accounts/contacts/Filter/", "/v1/accounts/contacts/Filter/")]
    [InlineData("GET", "/v1/%E2%98%83/%F0%9F%98%80/a%20b", "/v1/☃/😀/a b")]
    [InlineData("GET", "/v1/%22%3Cscript%3E", "/v1/\"<script>")]
    public async Task UnknownRoute_WithAndWithoutKey_Answers404(string method, string path, string shown)
    {
        var tenant = await server.CreateTenantAsync();
        using var anonymous = server.CreateClient();

        foreach (var client in (HttpClient[])[tenant.Client, anonymous])
        {
            (await client.Send(new HttpMethod(method), path, null)).ExpectError(404, $"Cannot {method} {shown}");
        }
    }

    [Theory]
    [InlineData("PATCH", "/v1/accounts", "GET, POST")]
    [InlineData("DELETE", "/v1/accounts/", "GET, POST")]
    [InlineData("POST", "/v1/accounts/some-id", "DELETE, GET, PUT")]
    [InlineData("DELETE", "/v1/accounts/bulk", "POST")]
    [InlineData("GET", "/v1/accounts/bulk", "POST")]
    [InlineData("PUT", "/v1/accounts/BULK", "POST")]
    [InlineData("PATCH", "/v1/accounts/bulk", "POST")]
    [InlineData("PATCH", "/v1/accounts/attributes", "GET, POST")]
    [InlineData("PUT", "/v1/accounts/attributes", "GET, POST")]
    [InlineData("DELETE", "/v1/accounts/attributes/", "GET, POST")]
    [InlineData("GET", "/v1/accounts/attributes/some-id", "DELETE, PUT")]
    [InlineData("POST", "/v1/accounts/contacts/some-id", "DELETE, GET, PUT")]
    [InlineData("PATCH", "/v1/accounts/relationships/some-id", "DELETE, GET, PUT")]
    [InlineData("PATCH", "/v1/accounts/activities/some-id", "DELETE, GET, PUT")]
    [InlineData("POST", "/v1/accounts/notes/some-id", "DELETE, GET, PUT")]
    [InlineData("PATCH", "/v1/accounts/tasks/some-id", "DELETE, GET, PUT")]
    [InlineData("GET", "/v1/accounts/contacts/bulk", "POST")]
    [InlineData("GET", "/v1/accounts/contacts/import", "POST")]
    [InlineData("PUT", "/v1/accounts/contacts/search", "GET")]
    [InlineData("GET", "/v1/accounts/relationships/types/some-id", "DELETE, PUT")]
    [InlineData("GET", "/v1/accounts/notes/some-id/attachments/some-id", "DELETE")]
    [InlineData("GET", "/v1/accounts/filter/ids", "POST")]
    [InlineData("DELETE", "/v1/accounts/filter/primary-domains", "POST")]
    [InlineData("DELETE", "/v1/accounts/account-custom-fields", "GET")]
    [InlineData("POST", "/v1/accounts/account-custom-fields", "GET")]
    [InlineData("DELETE", "/v1/custom-field", "GET, PATCH, POST")]
    [InlineData("GET", "/v1/custom-field/delete", "POST")]
    [InlineData("POST", "/v1/custom-field/types", "GET")]
    [InlineData("OPTIONS", "/v1/accounts", "GET, POST")]
    public async Task WrongMethod_WithAndWithoutKey_Answers405WithAllow(string method, string path, string allow)
    {
        var tenant = await server.CreateTenantAsync();
        using var anonymous = server.CreateClient();

        foreach (var client in (HttpClient[])[tenant.Client, anonymous])
        {
            var answer = (await client.Send(new HttpMethod(method), path, null)).Expect(405);

            AssertExact(answer, WrongMethod);
            Assert.Equal(allow, string.Join(", ", answer.Headers["Allow"].Split(", ").Order(StringComparer.Ordinal)));
        }
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task ContentType_OtherThanJsonInUtf8_Answers415(string contentType)
    {
        var tenant = await server.CreateTenantAsync();
        var body = Given.Account().ToJsonString();

        AssertExact((await tenant.Client.Send(HttpMethod.Post, Paths.Accounts, body, contentType)).Expect(415), WrongType);

        await AssertNoAccountsAsync(tenant);
    }

    public static TheoryData<string, string> BodyOperations => new()
    {
        { "POST", "/v1/accounts" }, { "POST", "/v1/accounts/bulk" }, { "POST", "/v1/accounts/filter/ids" },
        { "POST", "/v1/accounts/filter/primary-domains" }, { "PUT", $"/v1/accounts/{Given.UnknownId}" },
        { "POST", "/v1/accounts/attributes" }, { "PUT", $"/v1/accounts/attributes/{Given.UnknownId}" },
        { "POST", "/v1/accounts/contacts" }, { "POST", "/v1/accounts/contacts/bulk" }, { "POST", "/v1/accounts/contacts/ingest" },
        { "POST", "/v1/accounts/contacts/filter/ids" }, { "PUT", $"/v1/accounts/contacts/{Given.UnknownId}" },
        { "POST", "/v1/accounts/relationships" }, { "PUT", $"/v1/accounts/relationships/{Given.UnknownId}" },
        { "POST", "/v1/accounts/relationships/types" }, { "PUT", $"/v1/accounts/relationships/types/{Given.UnknownId}" },
        { "POST", "/v1/accounts/activities" }, { "PUT", $"/v1/accounts/activities/{Given.UnknownId}" },
        { "POST", "/v1/accounts/notes" }, { "PUT", $"/v1/accounts/notes/{Given.UnknownId}" },
        { "POST", "/v1/accounts/tasks" }, { "PUT", $"/v1/accounts/tasks/{Given.UnknownId}" },
        { "POST", "/v1/custom-field" }, { "PATCH", "/v1/custom-field" }, { "POST", "/v1/custom-field/delete" },
    };

    [Theory]
    [MemberData(nameof(BodyOperations))]
    public async Task Body_SentAsAForm_Answers415(string method, string path)
    {
        var tenant = await server.CreateTenantAsync();

        AssertExact(
            (await tenant.Client.Send(new(method), path, "name=Acme&ids=1", "application/x-www-form-urlencoded")).Expect(415), WrongType);
        AssertExact(
            (await tenant.Client.Send(
                new(method),
                path,
                "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nAcme\r\n--x--\r\n",
                "multipart/form-data; boundary=x")).Expect(415),
            WrongType);
    }

    [Theory]
    [MemberData(nameof(BodyOperations))]
    public async Task Body_ThatIsCompressed_Answers415AndNamesIdentity(string method, string path)
    {
        var tenant = await server.CreateTenantAsync();
        using var request =
            new HttpRequestMessage(new(method), path) { Content = new StringContent("{}", new MediaTypeHeaderValue("application/json")) };
        request.Content.Headers.ContentEncoding.Add("gzip");
        using var response = await tenant.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = new Answer(response, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        answer.ExpectError(415, "Content-Encoding must be identity!");
        Assert.Equal("identity", answer.Headers["Accept-Encoding"]);
    }

    [Fact]
    public async Task ContentType_Missing_Answers415()
    {
        var tenant = await server.CreateTenantAsync();

        AssertExact((await SendAsync(tenant.Client, "{}"u8.ToArray(), null)).Expect(415), WrongType);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=UTF-8")]
    [InlineData("application/json; charset=\"utf-8\"")]
    [InlineData("Application/JSON")]
    public async Task ContentType_OfJsonInUtf8_IsRead(string contentType)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.Client.Send(HttpMethod.Post, Paths.Accounts, Given.Account().ToJsonString(), contentType)).Expect(201);
    }

    [Theory]
    [InlineData(MaxBytes + 1, true, false)]
    [InlineData(MaxBytes + 1, false, true)]
    [InlineData(MaxBytes + 1, true, true)]
    [InlineData(2 * MaxBytes, false, true)]
    public async Task Body_OfMoreThan10Megabytes_Answers413(int length, bool chunked, bool waits)
    {
        var tenant = await server.CreateTenantAsync();

        AssertExact((await SendAsync(tenant.Client, PaddedAccount(length), "application/json", chunked, waits)).Expect(413), TooLarge);

        await AssertNoAccountsAsync(tenant);
    }

    /// <summary>A client that sends the whole body before it reads gets the answer, not a reset connection.</summary>
    [Theory]
    [InlineData(MaxBytes + 1, false)]
    [InlineData(2 * MaxBytes, true)]
    public async Task Body_OfMoreThan10MegabytesSentAtOnce_Answers413(int length, bool chunked)
    {
        var tenant = await server.CreateTenantAsync();

        for (var round = 0; round < 5; round++)
        {
            AssertExact((await SendAsync(tenant.Client, PaddedAccount(length), "application/json", chunked)).Expect(413), TooLarge);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Body_OfExactly10Megabytes_IsRead(bool chunked)
    {
        var tenant = await server.CreateTenantAsync();

        (await SendAsync(tenant.Client, PaddedAccount(MaxBytes), "application/json", chunked)).Expect(201);
    }

    public static TheoryData<string, string> BrokenTexts => new()
    {
        { "empty", "" },
        { "blank", "  \n" },
        { "cut off", """{"name":"Acme","primaryDomain":"acme.com" """ },
        { "trailing text", """{"name":"Acme","primaryDomain":"acme.com"} {}""" },
        { "trailing comma", """{"name":"Acme","primaryDomain":"acme.com",}""" },
        { "comment", """{"name":"Acme",/* c */"primaryDomain":"acme.com"}""" },
        { "single quotes", "{'name':'Acme','primaryDomain':'acme.com'}" },
        { "not a number", """{"name":"Acme","primaryDomain":"acme.com","employees":NaN}""" },
        { "leading zero", """{"name":"Acme","primaryDomain":"acme.com","employees":01}""" },
        { "raw control character", "{\"name\":\"A\u0001\",\"primaryDomain\":\"acme.com\"}" },
        { "raw U+0000", "{\"name\":\"A\0\",\"primaryDomain\":\"acme.com\"}" },
        { "null", "null" },
        { "array", "[]" },
        { "text", "\"Acme\"" },
        { "number", "5" },
        { "true", "true" },
        { "100 levels in a member unknown", $$"""{"name":"Acme","primaryDomain":"acme.com","other":{{Nested(100)}}}""" },
        { "100 levels in metadata", $$"""{"name":"Acme","primaryDomain":"acme.com","metadata":{{Nested(100)}}}""" },
        { "65 levels in metadata", $$"""{"name":"Acme","primaryDomain":"acme.com","metadata":{{Nested(64)}}}""" },
        { "100 levels of arrays", new string('[', 100) + new string(']', 100) },
        { "100000 levels of arrays", new string('[', 100_000) },
        { "duplicate member", """{"name":"Acme","name":"Acme","primaryDomain":"acme.com"}""" },
        { "duplicate member that is not the first", """{"name":"Acme","primaryDomain":"acme.com","metadata":{},"metadata":{}}""" },
        { "duplicate member of an item", """{"name":"Acme","primaryDomain":"acme.com","customFieldValues":[{"data":1,"data":2}]}""" },
        { "U+0000 in a name", """{"name":"A\u0000","primaryDomain":"acme.com"}""" },
        { "U+0000 in metadata", """{"name":"Acme","primaryDomain":"acme.com","metadata":{"x":["\u0000"]}}""" },
        { "U+0000 in a member name of metadata", """{"name":"Acme","primaryDomain":"acme.com","metadata":{"\u0000":1}}""" },
        { "high surrogate alone", """{"name":"A\ud800","primaryDomain":"acme.com"}""" },
        { "low surrogate alone", """{"name":"A\uDC00","primaryDomain":"acme.com"}""" },
        { "surrogates in the wrong order", """{"name":"A\udc00\ud800","primaryDomain":"acme.com"}""" },
        { "surrogate alone in metadata", """{"name":"Acme","primaryDomain":"acme.com","metadata":{"x":"\uD800"}}""" },
        { "surrogate alone in a member name of metadata", """{"name":"Acme","primaryDomain":"acme.com","metadata":{"\uD800":1}}""" },
        { "surrogate alone in a member name", """{"name":"Acme","primaryDomain":"acme.com","\uD800":1}""" },
    };

    [Theory]
    [MemberData(nameof(BrokenTexts))]
    public async Task Body_ThatCannotBeRead_Answers400(string what, string body)
    {
        Assert.NotEmpty(what);
        var tenant = await server.CreateTenantAsync();

        AssertForm((await SendAsync(tenant.Client, Encoding.UTF8.GetBytes(body), "application/json")).Expect(400));

        await AssertNoAccountsAsync(tenant);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC3, 0x28 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    public async Task Body_ThatIsNotUtf8_Answers400(byte[] bytes)
    {
        var tenant = await server.CreateTenantAsync();
        byte[] body = [.. "{\"name\":\""u8, .. bytes, .. "\",\"primaryDomain\":\"acme.com\"}"u8];

        AssertForm((await SendAsync(tenant.Client, body, "application/json")).Expect(400));

        await AssertNoAccountsAsync(tenant);
    }

    [Fact]
    public async Task Body_InUtf16_Answers400()
    {
        var tenant = await server.CreateTenantAsync();

        AssertForm(
            (await SendAsync(tenant.Client, Encoding.Unicode.GetBytes(Given.Account().ToJsonString()), "application/json")).Expect(400));
    }

    [Fact]
    public async Task Body_WithAByteOrderMark_IsRead()
    {
        var tenant = await server.CreateTenantAsync();

        (await SendAsync(tenant.Client, [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Given.Account().ToJsonString())], "application/json"))
            .Expect(201);
    }

    [Fact]
    public async Task Body_OfExactly64Levels_IsReadAndKept()
    {
        var tenant = await server.CreateTenantAsync();
        var metadata = Nested(63);

        var account = (await tenant.Client.Post(
            Paths.Accounts, $$"""{"name":"Acme","primaryDomain":"acme.com","metadata":{{metadata}}}""")).Expect(201);

        Assert.Equal(metadata, account["metadata"].GetRawText());
        Assert.Contains(metadata, (await tenant.Client.Get(Paths.Accounts)).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_WithPairedSurrogatesEscaped_IsKept()
    {
        var tenant = await server.CreateTenantAsync();

        var account = (await tenant.Client.Post(
            Paths.Accounts, """{"name":"\ud83d\ude00 \\u0000","primaryDomain":"acme.com"}""")).Expect(201);

        Assert.Equal("😀 \\u0000", (await tenant.GetAccountAsync(account.Id)).TextOf("name"));
    }

    [Theory]
    [InlineData("/v1/accounts?search=%00")]
    [InlineData("/v1/accounts?source=a%00b")]
    [InlineData("/v1/accounts?unknown=%00")]
    [InlineData("/v1/accounts/attributes?attribute=account_status%00")]
    [InlineData("/v1/custom-field?teamId=%00")]
    public async Task Query_WithU0000_Answers400(string path)
    {
        var tenant = await server.CreateTenantAsync();

        AssertForm((await tenant.Client.Get(path)).Expect(400));
    }

    [Theory]
    [InlineData("/v1/accounts?search=%FF")]
    [InlineData("/v1/accounts?search=%ED%A0%80")]
    [InlineData("/v1/accounts?status=%FF")]
    [InlineData("/v1/accounts?search=%25%5F%5C")]
    [InlineData("/v1/custom-field?teamId=%FF")]
    [InlineData("/v1/accounts/%FF")]
    [InlineData("/v1/accounts/%01")]
    [InlineData("/v1/accounts/%7F%20x")]
    [InlineData("/v1/accounts/a%2Fb")]
    public async Task Target_WithOddBytes_IsNeverA500(string path)
    {
        var tenant = await server.CreateTenantAsync();

        var answer = await tenant.Client.Get(path);

        Assert.Contains((int)answer.Status, (int[])[200, 400, 404]);
        if ((int)answer.Status != 200)
        {
            AssertForm(answer);
        }
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task AccountId_ThatIsBlank_Answers400(string method)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.Client.Send(new HttpMethod(method), "/v1/accounts/%20", method == "PUT" ? "{}" : null))
            .ExpectError(400, "Account ID is required!");
    }

    public static TheoryData<string, string[]?> WrongKeys => new()
    {
        { "missing", null },
        { "empty", [""] },
        { "unknown", ["thena_unknown"] },
        { "odd", ["é☃"] },
        { "very long", [new string('x', 8_000)] },
        { "two", ["*", "*"] },
    };

    [Theory]
    [MemberData(nameof(WrongKeys))]
    public async Task Key_ThatIsWrong_Answers401(string what, string[]? keys)
    {
        Assert.NotEmpty(what);
        var tenant = await server.CreateTenantAsync();
        using var client = server.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, Paths.Accounts);
        foreach (var key in keys ?? [])
        {
            request.Headers.TryAddWithoutValidation("x-api-key", key == "*" ? tenant.Key.Key : Uri.EscapeDataString(key));
        }

        AssertUnauthenticated(await ReadAsync(await client.SendAsync(request, TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("?x-api-key=")]
    [InlineData("?api_key=")]
    [InlineData("?apiKey=")]
    public async Task Key_InTheQuery_Answers401(string query)
    {
        var tenant = await server.CreateTenantAsync();
        using var client = server.CreateClient();

        AssertUnauthenticated(await client.Get($"{Paths.Accounts}{query}{tenant.Key.Key}"));
    }

    [Fact]
    public async Task Key_AsABearerToken_Answers401()
    {
        var tenant = await server.CreateTenantAsync();
        using var client = server.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tenant.Key.Key);

        AssertUnauthenticated(await client.Get(Paths.Accounts));
    }

    [Theory]
    [InlineData("POST", "/v1/accounts", "{", "application/json")]
    [InlineData("POST", "/v1/accounts", "{}", "text/plain")]
    [InlineData("GET", "/v1/accounts?limit=x", null, "")]
    [InlineData("GET", "/v1/accounts?search=%00", null, "")]
    [InlineData("GET", "/v1/accounts/%20", null, "")]
    [InlineData("GET", "/v1/accounts/unknown", null, "")]
    [InlineData("PUT", "/v1/accounts/attributes/unknown", "{", "application/json")]
    [InlineData("GET", "/v1/accounts/attributes", null, "")]
    [InlineData("PATCH", "/v1/custom-field", "[]", "application/json")]
    public async Task MissingKey_WithABadRequest_Answers401(string method, string path, string? body, string contentType)
    {
        using var client = server.CreateClient();

        AssertUnauthenticated(await client.Send(new HttpMethod(method), path, body, contentType));
    }

    [Fact]
    public async Task Head_OfAnError_HasNoBody()
    {
        var tenant = await server.CreateTenantAsync();

        Assert.Equal("", (await tenant.Client.Send(HttpMethod.Head, "/v1/nothing", null)).Expect(404).Text);
    }

    [Theory]
    [InlineData(OrganizationTier.Standard)]
    [InlineData(OrganizationTier.Enterprise)]
    public async Task Tier_ThatPays_ReachesAccounts(OrganizationTier tier)
    {
        var tenant = await server.CreateTenantAsync(tier);

        await tenant.CreateAccountAsync();
    }

    private static void AssertUnauthenticated(Answer answer)
    {
        AssertExact(answer.Expect(401), Unauthenticated);
        Assert.Equal("ApiKey", answer.Headers["WWW-Authenticate"]);
    }

    private static void AssertExact(Answer answer, string body)
    {
        Assert.Equal(body, answer.Text);
        AssertForm(answer);
    }

    private static void AssertForm(Answer answer) => answer.ExpectError((int)answer.Status, answer.TextOf("message"));

    private static async Task AssertNoAccountsAsync(Tenant tenant) =>
        Assert.Equal("[]", (await tenant.Client.Get(Paths.Accounts)).Expect(200).Text);

    private static string Nested(int levels) => string.Concat(Enumerable.Repeat("""{"a":""", levels)) + "1" + new string('}', levels);

    private static byte[] PaddedAccount(int length)
    {
        var start = Encoding.UTF8.GetBytes($$"""{"name":"Acme","primaryDomain":"{{Given.NewDomain()}}","padding":" """);
        var body = new byte[length];
        Array.Fill(body, (byte)'x');
        start.CopyTo(body, 0);
        "\"}"u8.CopyTo(body.AsSpan(length - 2));
        return body;
    }

    private static async Task<Answer> SendAsync(
        HttpClient client, byte[] body, string? contentType, bool chunked = false, bool waits = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Paths.Accounts) { Content = new ByteArrayContent(body) };
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.ExpectContinue = waits;
        request.Content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        return await ReadAsync(await client.SendAsync(request, TestContext.Current.CancellationToken));
    }

    private static async Task<Answer> ReadAsync(HttpResponseMessage response) =>
        new(response, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
}
