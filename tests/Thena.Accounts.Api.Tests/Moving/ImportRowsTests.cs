using System.Net;
using System.Text;
using System.Text.Json;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.Tests.Moving;

/// <summary>Imports of accounts and contacts from CSV files and JSON lines, over HTTP and on the command line.</summary>
public sealed class ImportRowsTests(AccountsServer server) : IClassFixture<AccountsServer>, IDisposable
{
    private const string Accounts = "/v1/accounts/import", Contacts = "/v1/accounts/contacts/import";
    private const string Csv = "text/csv", Ndjson = "application/x-ndjson";
    private const int MaxLine = 10 * 1024 * 1024;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Import_OfACsvFile_CreatesTheAccountsAndRejectsTheOthersWithLineAndColumn()
    {
        var tenant = await server.CreateTenantAsync();
        await tenant.CreateCustomFieldAsync(new { name = "Contract tier", fieldType = "single_choice", options = new[] { "Gold" } });
        await tenant.CreateIntegerFieldAsync(new { name = "Seats" });

        var lines = await ImportAsync(tenant, Accounts, """"
            Name,primary domain,EMPLOYEES,annual_revenue,Status,Contract tier,Seats,metadata
            "Müller, ""Söhne""",mueller.example,12,1000.50,active,Gold,7,"{""a"":1}"
            "Two
            lines",two.example,,,,,,
            Bad,not a domain,,,,,,
            Wrong,wrong.example,many,,,,,
            Unknown,unknown.example,,,NOSUCH,,,
            Field,field.example,,,,,seven,
            Few,few.example
            Quote,quo"te.example,,,,,,
            Twice,MUELLER.example,,,,,,
            """");

        Assert.Equal(
            [
                (5, "primary domain", "primaryDomain must be a domain name such as acme.com"),
                (6, "EMPLOYEES", "employees must be a whole number"),
                (7, "", "Account status not found!"),
                (8, "Seats", "customFieldValues[0].data must be a whole number"),
                (9, "", "The row has 2 cells, but the first line has 8"),
                (10, "", "The row has a quotation mark in a cell that is not in quotation marks"),
            ],
            lines[..^1].Select(line => (
                line.GetProperty("line").GetInt32(),
                line.TryGetProperty("column", out var column) ? column.GetString()! : "",
                line.Text("reason"))));
        Assert.Equal((9, 2, 0, 1, 6), Summary(lines));
        var created = (await tenant.Client.Get("/v1/accounts?sort=name&order=ASC")).Expect(200).Json;
        Assert.Equal(["Müller, \"Söhne\"", "Two\nlines"], created.EnumerateArray().Select(row => row.Text("name")));
        Assert.Equal(
            (12, 1000.5m, "ACTIVE", "{\"a\":1}", 2),
            (
                created[0].GetProperty("employees").GetInt32(),
                created[0].GetProperty("annualRevenue").GetDecimal(),
                created[0].Text("status"),
                created[0].GetProperty("metadata").GetRawText(),
                created[0].GetProperty("customFieldValues").GetArrayLength()));
    }

    public static TheoryData<string, string> Encodings { get; } = new()
    {
        { "utf-8", "," }, { "utf-8 with mark", ";" }, { "utf-16", "\t" }, { "utf-16 without mark", ";" }, { "utf-16BE", "|" },
        { "windows-1252", ";" },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Import_InTheEncodingsAndSeparatorsOfSpreadsheets_ReadsTheSame(string encoding, string separator)
    {
        var tenant = await server.CreateTenantAsync();
        var text = "firstName,lastName,email\r\nJürgen,Groß,j@example.com\r\nZoë,\"O, N\",z@example.com\r\n".Replace(
            ",", separator, StringComparison.Ordinal);
        byte[] file = encoding switch
        {
            "utf-8 with mark" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
            "utf-16" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
            "utf-16 without mark" => Encoding.Unicode.GetBytes(text),
            "utf-16BE" => [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(text)],
            "windows-1252" => Encoding.Latin1.GetBytes(text),
            _ => Encoding.UTF8.GetBytes(text),
        };

        Assert.Equal((2, 2, 0, 0, 0), Summary(await ImportAsync(tenant, Contacts, file)));
        var contacts = (await tenant.ListAllAsync("/v1/accounts/contacts")).ConvertAll(row => row.Text("firstName"));
        Assert.Equal(["Jürgen", "Zoë"], contacts.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("", "The file is empty. Its first line must name the columns.")]
    [InlineData("\"\u0018D±0»", "The first line has a quotation mark in a name that is not in quotation marks.")]
    [InlineData("na\"me,primaryDomain\n", "The first line has a quotation mark in a name that is not in quotation marks.")]
    [InlineData("name,primaryDomain,shoe size\n", "The column shoe size is unknown. The fields are name,")]
    [InlineData("name,employees\nX,1\n", "The file has no column primaryDomain. Its columns are name, employees.")]
    [InlineData("name,Name,primaryDomain\n", "The column Name has the same field as another column: Name.")]
    public async Task Import_WithWrongColumns_IsRefusedAsAWhole(string file, string message)
    {
        var tenant = await server.CreateTenantAsync();

        var answer = await tenant.Client.Send(HttpMethod.Post, Accounts, file, Csv);

        Assert.StartsWith(message, answer.Expect(400).TextOf("message"), StringComparison.Ordinal);
        Assert.Empty(await tenant.ListAllAsync("/v1/accounts"));
    }

    [Fact]
    public async Task Import_WithAQuotationMarkThatIsNeverClosed_SaysWhereTheFieldStarts()
    {
        var tenant = await server.CreateTenantAsync();
        var file = $"name,primaryDomain\nX,x.example\nY,\"{new string('y', 11 * 1024 * 1024)}";

        var answer = await tenant.Client.Send(HttpMethod.Post, Accounts, file, Csv);

        answer.ExpectError(400, "A field that starts in line 3 is longer than 10 MB. Perhaps a quotation mark is missing.");
    }

    [Fact]
    public async Task Import_OfJsonLines_ReportsWhatIsWrongWithEach()
    {
        var (tenant, accountId) = await server.CreateTenantWithAccountAsync();
        var stranger = await server.CreateTenantWithAccountAsync();

        var lines = await ImportAsync(tenant, Contacts, $$"""
            {"firstName":"Ada","email":"ada@example.com","accountIds":["{{accountId}}"]}
            {"email":"default.name@example.com"}
            {"firstName":"Eve","email":"eve@example.com","accountIds":["{{stranger.AccountId}}"]}
            {"firstName":"No","email":5}

            nonsense
            """, Ndjson);

        Assert.Equal(
            [
                (3, "Account not found!"), (4, "email must be a string"), (6, "Request body is not valid JSON"),
            ],
            lines[..^1].Select(line => (line.GetProperty("line").GetInt32(), line.Text("reason"))));
        Assert.Equal((5, 2, 0, 0, 3), Summary(lines));
        var ada = (await tenant.Client.Get("/v1/accounts/contacts/search?email=ada@example.com")).Expect(200).Json[0];
        Assert.Equal(accountId, ada.GetProperty("accounts")[0].Text("id"));
        var second = (await tenant.Client.Get("/v1/accounts/contacts/search?email=default.name@example.com")).Expect(200).Json[0];
        Assert.Equal("default.name", second.Text("firstName"));
    }

    [Fact]
    public async Task Import_WithAccountDomains_LinksTheContacts()
    {
        var tenant = await server.CreateTenantAsync();
        var one = await tenant.CreateAccountAsync(new { primaryDomain = "one.example" });
        var two = await tenant.CreateAccountAsync(new { primaryDomain = "two.example" });

        var lines = await ImportAsync(
            tenant, Contacts, "email,account domain\na@one.example,www.ONE.example; two.example\nb@x.example,x.example\n");

        Assert.Equal("There is no account with the domain x.example", lines[0].Text("reason"));
        var contact = (await tenant.Client.Get("/v1/accounts/contacts/search?email=a@one.example")).Expect(200).Json[0];
        Assert.Equal([one.Id, two.Id], contact.GetProperty("accounts").EnumerateArray().Select(account => account.Text("id")));
    }

    /// <summary>A number is neither rounded nor, if it is long, computed, which takes hours.</summary>
    [Theory]
    [InlineData("1.00000000000000000000000000001", 0)]
    [InlineData("7", 9_000_000)]
    public async Task Import_OfARowWithALongNumber_RejectsTheRow(string number, int moreDigits)
    {
        var tenant = await server.CreateTenantAsync();
        var seats = await tenant.CreateIntegerFieldAsync(new { name = "Seats" });
        number += new string('7', moreDigits);

        var csv = await ImportAsync(
            tenant, Accounts, $"name,primaryDomain,annualRevenue,Seats\nX,x.example,{number},\nY,y.example,,{number}\n");
        var json = await ImportAsync(
            tenant,
            Accounts,
            $$"""
            {"name":"X","primaryDomain":"x.example","annualRevenue":{{number}}}
            {"name":"Y","primaryDomain":"y.example","customFieldValues":[{"customFieldId":"{{seats}}","data":{{number}}}]}
            """,
            Ndjson);

        Assert.Equal((2, 0, 0, 0, 2), Summary(csv));
        Assert.Equal((2, 0, 0, 0, 2), Summary(json));
    }

    [Fact]
    public async Task Import_WithATextThatIsNoDomain_RejectsTheRowAlone()
    {
        var tenant = await server.CreateTenantAsync();

        var lines = await ImportAsync(tenant, Contacts, "email,accountDomain\na@x.example,x\0.example\nb@x.example,\n");

        Assert.Equal((2, 1, 0, 0, 1), Summary(lines));
        Assert.Equal(
            (2, "accountDomain", "There is no account with the domain x\0.example"),
            (lines[0].GetProperty("line").GetInt32(), lines[0].Text("column"), lines[0].Text("reason")));
    }

    [Fact]
    public async Task Import_OfJsonLinesThatBecomeUnreadable_SaysWhatWasDoneBeforeAndWhy()
    {
        var tenant = await server.CreateTenantAsync();
        var file = string.Concat(Enumerable.Range(0, 600).Select(number => $"{{\"email\":\"p{number}@example.com\"}}\n"))
            + LineOf(MaxLine + 1);

        var lines = await ImportAsync(tenant, Contacts, file, Ndjson);

        Assert.Equal(2, lines.Length);
        Assert.Equal($"Line 601 is longer than {MaxLine} bytes.", lines[0].Text("reason"));
        Assert.Equal((500, 500, 0, 0, 0), Summary(lines));
        Assert.Equal(500, (await tenant.ListAllAsync("/v1/accounts/contacts")).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task Import_OfJsonLinesOfTenMegabytes_ReadsThemAndNoLongerOnes(string end)
    {
        var tenant = await server.CreateTenantAsync();

        Assert.Equal((1, 1, 0, 0, 0), Summary(await ImportAsync(tenant, Contacts, LineOf(MaxLine) + end, Ndjson)));
        (await tenant.Client.Send(HttpMethod.Post, Contacts, LineOf(MaxLine + 1) + end, Ndjson)).ExpectError(
            400, $"Line 1 is longer than {MaxLine} bytes.");
    }

    [Fact]
    public async Task Import_ASecondTime_ChangesNothing_AndWithUpdateOnlyWhatDiffers()
    {
        var tenant = await server.CreateTenantAsync();
        await ImportAsync(tenant, Accounts, "name,primaryDomain,employees\nX,x.example,1\nY,y.example,2\n");
        var before = await server.ReadContentAsync();

        Assert.Equal((2, 0, 0, 2, 0), Summary(await ImportAsync(tenant, Accounts, "name,primaryDomain\nOther,x.example\nY,y.example\n")));
        Assert.Equal(
            (2, 0, 0, 2, 0),
            Summary(await ImportAsync(tenant, $"{Accounts}?update=true", "name,primaryDomain,employees\nX,x.example,\nY,y.example,2\n")));
        Assert.Equal(before, await server.ReadContentAsync());

        Assert.Equal(
            (2, 0, 1, 1, 0),
            Summary(await ImportAsync(tenant, $"{Accounts}?update=true", "name,primaryDomain,employees\nX,x.example,5\nY,y.example,2\n")));
        var account = (await tenant.Client.Get("/v1/accounts?search=x.example")).Expect(200).Json[0];
        Assert.Equal(5, account.GetProperty("employees").GetInt32());
    }

    [Fact]
    public async Task Import_WithUpdate_AddsToTheCustomFieldValuesAndAccountsThatARecordHas()
    {
        var tenant = await server.CreateTenantAsync();
        await tenant.CreateCustomFieldAsync(new { name = "One", source = "customer_contact" });
        await tenant.CreateCustomFieldAsync(new { name = "Two", source = "customer_contact" });
        var (first, second) = ((await tenant.CreateAccountAsync()).Id, (await tenant.CreateAccountAsync()).Id);
        await ImportAsync(tenant, Contacts, $"email,One,accountIds\na@x.example,1,{first}\n");

        var lines = await ImportAsync(tenant, $"{Contacts}?update=true", $"email,Two,accountIds\na@x.example,2,{second}\n");

        Assert.Equal((1, 0, 1, 0, 0), Summary(lines));
        var contact = await tenant.FindContactAsync("a@x.example");
        Assert.Equal([first, second], contact.LinkedIds());
        Assert.Equal(2, contact.GetProperty("customFieldValues").GetArrayLength());
    }

    [Fact]
    public async Task Import_WithUpdate_ChecksOnlyTheValuesThatTheRowGives()
    {
        var tenant = await server.CreateTenantAsync();
        await tenant.CreateCustomFieldAsync(new { name = "One" });
        await tenant.CreateCustomFieldAsync(new { name = "Two" });
        await ImportAsync(tenant, Accounts, "name,primaryDomain,One,Two\nX,x.example,1,text\n");

        // By now, no record could get these values, and a new one would need another.
        var fields = await tenant.ListCustomFieldsAsync();
        var one = fields.Single(field => field.Text("name") == "One");
        var two = fields.Single(field => field.Text("name") == "Two");
        (await tenant.Client.Patch(Paths.CustomFields, new
        {
            fields = new object[]
            {
                new { fieldId = one.Text("uid"), version = one.GetProperty("version").GetInt32(), updates = new { isActive = false } },
                new { fieldId = two.Text("uid"), version = two.GetProperty("version").GetInt32(), updates = new { fieldType = "integer" } },
            },
        })).Expect(200);
        await tenant.CreateCustomFieldAsync(new { name = "Three" });
        await tenant.CreateCustomFieldAsync(new { name = "Needed", mandatoryOnCreation = true });

        var lines = await ImportAsync(tenant, $"{Accounts}?update=true", "name,primaryDomain,Three\nX,x.example,3\n");
        var refused = await ImportAsync(tenant, $"{Accounts}?update=true", "name,primaryDomain,Two\nX,x.example,two\n");

        Assert.Equal((1, 0, 1, 0, 0), Summary(lines));
        Assert.Equal((1, 0, 0, 0, 1), Summary(refused));
        var account = Assert.Single(await tenant.ListAllAsync(Paths.Accounts));
        Assert.Equal(["1", "text", "3"], account.GetProperty("customFieldValues").EnumerateArray().Select(value => value.Text("data")));
    }

    [Fact]
    public async Task Import_AsADryRun_ReportsTheSameAndWritesNothing()
    {
        var tenant = await server.CreateTenantAsync();
        var before = await server.ReadContentAsync();

        var lines = await ImportAsync(
            tenant, $"{Accounts}?dryRun=true", "name,primaryDomain,employees\nX,x.example,1\nY,y.example,two\n");

        Assert.Equal((2, 1, 0, 0, 1), Summary(lines));
        Assert.Equal(before, await server.ReadContentAsync());
    }

    [Fact]
    public async Task Import_OfTheSameFileByManyAtOnce_CreatesEachRecordOnce()
    {
        var tenant = await server.CreateTenantAsync();
        var file = "email\n" + string.Concat(Enumerable.Range(0, 1_200).Select(number => $"p{number}@example.com\n"));

        var imports = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ImportAsync(tenant, Contacts, file)));

        Assert.Equal(1_200, imports.Sum(lines => Summary(lines).Created));
        Assert.Equal(1_200, await server.ReadNumberAsync(
            $"select count(*) from contacts where organization_id = '{Ulid.Parse(tenant.OrganizationId, null).ToGuid()}'"));
    }

    [Fact]
    public async Task Import_OfAnotherMediaTypeOrSize_IsRefused()
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.Client.Post(Accounts, "{}")).ExpectError(415, "Content-Type must be text/csv or application/x-ndjson!");
        (await tenant.Client.Send(HttpMethod.Post, Accounts, new byte[101 * 1024 * 1024], Csv, ("Expect", "100-continue"))).Expect(413);
        (await tenant.Client.Get(Accounts)).ExpectError(405, "Method not allowed!");
    }

    [Fact]
    public async Task ImportAndExport_OfTheFreeTierAndReadersOnly_AreRefused()
    {
        var free = await server.CreateTenantAsync(OrganizationTier.Free);
        var reader = server.CreateClient((await server.CreateKeyAsync(free.User.Id, "read")).Key);

        (await free.Client.Send(HttpMethod.Post, Accounts, "name,primaryDomain\n", Csv)).Expect(403);
        (await free.Client.Get("/v1/accounts/export?kind=accounts")).Expect(403);
        (await reader.Send(HttpMethod.Post, Contacts, "email\n", Csv)).Expect(403);
        Assert.Equal((1, 1, 0, 0, 0), Summary(await ImportAsync(free, Contacts, "email\nx@example.com\n")));
    }

    [Fact]
    public async Task Export_OfAKind_HasTheRecordsAsListsShowThem()
    {
        var (tenant, accountId) = await server.CreateTenantWithAccountAsync();
        var colleague = await server.CreateColleagueAsync(tenant);
        await tenant.CreateAccountAsync(new { name = "Second, \"quoted\"" });
        await tenant.CreateRecordAsync(Feature.Notes, accountId);
        await colleague.CreateRecordAsync(Feature.Notes, accountId, new { visibility = "private" });

        var lines = (await tenant.Client.Get("/v1/accounts/export?kind=accounts")).Expect(200);
        var table = (await tenant.Client.Get("/v1/accounts/export?kind=accounts&format=csv")).Expect(200);

        Assert.Equal("application/x-ndjson", lines.Headers["Content-Type"]);
        Assert.Equal("attachment; filename=\"accounts.csv\"", table.Headers["Content-Disposition"]);
        Assert.Equal(
            (await tenant.ListAllAsync("/v1/accounts")).ConvertAll(row => row.GetRawText()).Order(StringComparer.Ordinal),
            lines.Text.TrimEnd().Split('\n').Order(StringComparer.Ordinal));
        Assert.Contains("\"Second, \"\"quoted\"\"\"", table.Text, StringComparison.Ordinal);
        Assert.Single((await tenant.Client.Get("/v1/accounts/export?kind=notes")).Expect(200).Text.TrimEnd().Split('\n'));
        Assert.Equal(2, (await colleague.Client.Get("/v1/accounts/export?kind=notes")).Expect(200).Text.TrimEnd().Split('\n').Length);
        Assert.Equal(["kind"], (await tenant.Client.Get("/v1/accounts/export")).ProblemFields());
        Assert.Equal(["kind"], (await tenant.Client.Get("/v1/accounts/export?kind=users")).ProblemFields());
        Assert.Equal(["format"], (await tenant.Client.Get("/v1/accounts/export?kind=tasks&format=xml")).ProblemFields());
    }

    [Theory]
    [InlineData("accounts", Accounts)]
    [InlineData("contacts", Contacts)]
    public async Task Import_OfAnExportedCsvFile_ChangesNothing(string kind, string path)
    {
        var (tenant, accountId) = await server.CreateTenantWithAccountAsync();
        var field = (await tenant.CreateCustomFieldAsync(new { source = kind == "accounts" ? "account" : "customer_contact" })).Text("uid");
        var customFieldValues = new[] { new { customFieldId = field, data = "x" } };
        await tenant.CreateAccountAsync(kind == "accounts" ? new { customFieldValues } : null);
        await tenant.CreateContactAsync(new
        {
            accountIds = new[] { accountId },
            customFieldValues = kind == "contacts" ? customFieldValues : [],
        });
        var table = (await tenant.Client.Get($"/v1/accounts/export?kind={kind}&format=csv")).Expect(200);
        var before = await server.ReadContentAsync();

        var lines = await ImportAsync(tenant, $"{path}?update=true", table.Text);

        Assert.Single(lines);
        Assert.Equal(before, await server.ReadContentAsync());
    }

    [Fact]
    public async Task CommandLine_ImportsAFile_AndKeepsTheRejectedRows()
    {
        var tenant = await server.CreateTenantAsync();
        var file = Path.Combine(_folder.FullName, "companies.csv");
        await File.WriteAllTextAsync(
            file, "Company;Domain;Remark;Employees\nX;x.example;a;1\nY;y.example;b;two\n", TestContext.Current.CancellationToken);
        string[] import =
        [
            "import", "accounts", file, "--organization", tenant.OrganizationId,
            "--map", "Company=name", "--map", "Domain=primaryDomain", "--map", "Remark=",
        ];

        var unmapped = await RunAsync(import[..5]);
        var refused = await RunAsync([.. import, "--all-or-nothing"]);
        Assert.Empty(await tenant.ListAllAsync("/v1/accounts"));
        var imported = await RunAsync(import);

        Assert.Equal(1, unmapped.ExitCode);
        Assert.Contains("add --map \"its name=field\"", unmapped.Error, StringComparison.Ordinal);
        Assert.Equal(2, refused.ExitCode);
        Assert.Equal(2, imported.ExitCode);
        Assert.Contains("Line 3, Employees: employees must be a whole number", imported.Error, StringComparison.Ordinal);
        var rejected = await File.ReadAllTextAsync($"{file}.rejected.csv", TestContext.Current.CancellationToken);
        Assert.Equal(
            "Company,Domain,Remark,Employees,rejected line,rejected reason\r\nY,y.example,b,two,3,employees must be a whole number\r\n",
            rejected);

        // The file of rejected rows can be corrected and imported.
        await File.WriteAllTextAsync(
            $"{file}.rejected.csv", rejected.Replace("two", "2", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal(0, (await RunAsync(["import", "accounts", $"{file}.rejected.csv", .. import[3..]])).ExitCode);
        Assert.Equal(2, (await tenant.ListAllAsync("/v1/accounts")).Count);
    }

    /// <summary>Returns a line of a length, in bytes.</summary>
    private static string LineOf(int length)
    {
        const string Start = "{\"email\":\"long@example.com\",\"unknown\":\"", End = "\"}";
        return Start + new string('x', length - Start.Length - End.Length) + End;
    }

    private static (long Read, long Created, long Changed, long Skipped, long Rejected) Summary(JsonElement[] lines)
    {
        var summary = lines[^1].GetProperty("summary");
        long Number(string member) => summary.GetProperty(member).GetInt64();
        return (Number("read"), Number("created"), Number("changed"), Number("skipped"), Number("rejected"));
    }

    private static async Task<JsonElement[]> ImportAsync(Tenant tenant, string path, object file, string contentType = Csv)
    {
        var answer = (await tenant.Client.Send(HttpMethod.Post, path, file, contentType)).Expect((int)HttpStatusCode.OK);
        return [.. answer.Text.TrimEnd().Split('\n').Select(line => JsonElement.Parse(line))];
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments) =>
        CommandRun.OnDatabaseAsync(server.ConnectionString, arguments);
}
