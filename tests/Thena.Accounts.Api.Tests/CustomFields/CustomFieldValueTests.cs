using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Thena.Accounts.Api.Tests.CustomFields;

public sealed class CustomFieldValueTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const string NotFound = "Custom field not found!";

    private static readonly string[] Options = ["Gold", "Silver"];

    /// <summary>The field types, each with data that is accepted and data that is refused.</summary>
    public static TheoryData<string, string, string> Kinds
    {
        get
        {
            var kinds = new TheoryData<string, string, string>
            {
                { "integer", "[0, -7, 12345678901, 3.0]", """[1.5, "1", true, [], {}]""" },
                { "decimal", "[0, 1.5, -2.25, 1e3]", """["1.5", true, [1], {}]""" },
                { "currency", "[0, 99.95]", """["99.95", false, {}]""" },
                { "rating", "[4, 4.5]", """["4", true, []]""" },
                {
                    "date",
                    """["2023-12-07", "2024-02-29"]""",
                    """["2023-02-29", "07.12.2023", "2023-12-07T10:30:00Z", "2023-1-7", "", 20231207]"""
                },
                {
                    "date_time",
                    """["2023-12-07T10:30:00.000Z", "2023-12-07T10:30:00Z", "2023-12-07T10:30:00+02:00"]""",
                    """["2023-12-07", "2023-13-07T10:30:00Z", "10:30", "now", "", 5]"""
                },
                { "time", """["10:30", "23:59:59", "00:00"]""", """["24:00", "10:60", "1:30", "10:30:60", "10", "", 10]""" },
                { "single_choice", """["Gold", "Silver"]""", """["gold", "Bronze", "", ["Gold"], 1]""" },
                { "radio_button", """["Gold"]""", """["Bronze", ["Gold"], true]""" },
                { "multi_choice", """[["Gold"], ["Gold","Silver"]]""", """[["Bronze"], ["Gold", "Bronze"], "Gold", [1], [null], {}]""" },
                { "checkbox", """[["Gold"], true, false]""", """[["Bronze"], "Gold", "true", 1]""" },
                { "email", """["ada@example.com"]""", """["ada", "ada@", "@example.com", "a b@example.com", "", 5]""" },
                {
                    "url",
                    """["https://example.com/a?b=c", "http://example.com"]""",
                    """["example.com", "ftp://example.com", "javascript:alert(1)", "", 5]"""
                },
                { "ip_address", """["192.168.0.1", "::1", "2001:db8::1"]""", """["192.168.0", "256.1.1.1", "[::1]:80", "host", "", 1]""" },
                { "phone_number", """["+14155552671", "+49 30 123456"]""", """["abc", "+", "", 14155552671]""" },
                { "toggle", "[true, false]", """["true", 1, 0, []]""" },
                { "boolean", "[true, false]", """["false", 1, {}]""" },
                {
                    "coordinates",
                    """[{"latitude":52.5,"longitude":13.4}, {"latitude":-90,"longitude":180}]""",
                    """
                    ["52.5,13.4", {"latitude":52.5}, {"latitude":"52.5","longitude":"13.4"}, [52.5,13.4],
                    {"latitude":91,"longitude":0}, {"latitude":0,"longitude":-181}]
                    """
                },
                { "regex", """["AB-12", "CD-99"]""", """["AB12", "", 5, ["AB-12"]]""" },
            };
            foreach (
                var kind in (string[])
                [
                    "single_line", "multi_line", "rich_text", "password", "file_upload", "calculated", "lookup", "address",
                ])
            {
                kinds.Add(kind, """["text", "Ünï ☃"]""", """[5, true, [], {}, ["text"]]""");
            }

            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Value_OfAKind_IsKeptWhenItFitsAndRefusedElse(string fieldType, string good, string bad)
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateCustomFieldAsync(
            new { fieldType, options = Options, metadata = new { pattern = "^[A-Z]{2}-[0-9]{2}$" } });
        var account = await tenant.CreateAccountAsync();

        foreach (var data in JsonElement.Parse(good).EnumerateArray())
        {
            var created = await tenant.CreateAccountAsync(Values(Item(field, data)));
            var updated = (await tenant.PutAccountAsync(account.Id, Values(Item(field, data)))).Expect(200);

            Assert.Equal(data.GetRawText(), Assert.Single(created["customFieldValues"].EnumerateArray()).GetProperty("data").GetRawText());
            Assert.Equal(created["customFieldValues"].GetRawText(), updated["customFieldValues"].GetRawText());
            Assert.Equal(created.Text, (await tenant.GetAccountAsync(created.Id)).Text);
            account = updated;
        }

        foreach (var data in JsonElement.Parse(bad).EnumerateArray())
        {
            (await tenant.PostAccountAsync(Values(Item(field, data)))).ExpectProblem("customFieldValues[0].data");
            (await tenant.PutAccountAsync(account.Id, Values(Item(field, data)))).ExpectProblem("customFieldValues[0].data");
        }

        Assert.Equal(account.Text, (await tenant.GetAccountAsync(account.Id)).Text);
    }

    /// <summary>Numbers are stored as written, so they are bounded as they are written.</summary>
    [Theory]
    [InlineData("integer", "9999999999999999999999999999", "10000000000000000000000000001")]
    [InlineData("integer", "1e28", "1.00000000000000000000000000001e28")]
    [InlineData("decimal", "0.1234567890123456789012345678", "1.1234567890123456789012345678")]
    [InlineData("currency", "-1234567890123456789012345678", "-12345678901234567890123456789")]
    [InlineData("rating", "5.000000000000000000000000000000", "4.000000000000000000000000000001")]
    [InlineData("coordinates", """{"latitude":0,"longitude":1.5}""", """{"latitude":0,"longitude":1.00000000000000000000000000001}""")]
    public async Task Value_OfANumber_HasAtMost28SignificantDigits(string fieldType, string good, string bad)
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateCustomFieldAsync(new { fieldType });

        var created = await tenant.CreateAccountAsync(Values(Item(field, JsonElement.Parse(good))));

        Assert.Equal(good, created["customFieldValues"][0].GetProperty("data").GetRawText());
        (await tenant.PostAccountAsync(Values(Item(field, JsonElement.Parse(bad))))).ExpectProblem("customFieldValues[0].data");
    }

    /// <summary>Computing such a number takes hours, so the answer comes only if it is never computed.</summary>
    [Theory]
    [InlineData("integer")]
    [InlineData("decimal")]
    public async Task Value_OfMillionsOfDigits_Answers400(string fieldType)
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateCustomFieldAsync(new { fieldType });
        var values = $"[{{\"customFieldId\":\"{field.Text("uid")}\",\"data\":{new string('7', 9_000_000)}}}]";

        (await tenant.PostRawAccountAsync("customFieldValues", values)).ExpectProblem("customFieldValues[0].data");
    }

    [Theory]
    [InlineData("single_line", 255)]
    [InlineData("password", 255)]
    [InlineData("file_upload", 255)]
    [InlineData("calculated", 255)]
    [InlineData("lookup", 255)]
    [InlineData("regex", 255)]
    [InlineData("multi_line", 32_768)]
    [InlineData("rich_text", 32_768)]
    [InlineData("address", 32_768)]
    [InlineData("url", 2_048)]
    public async Task Value_OfAText_HasAMaximumLength(string fieldType, int maxLength)
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateCustomFieldAsync(new { fieldType });
        var text = "https://a.example/".PadRight(maxLength, 'é');

        await tenant.CreateAccountAsync(Values(Item(field, text)));
        (await tenant.PostAccountAsync(Values(Item(field, text + "é")))).ExpectProblem("customFieldValues[0].data");
    }

    [Fact]
    public async Task Value_OfMoreThan64KilobytesAsJson_Answers400()
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateCustomFieldAsync(new { fieldType = "coordinates" });
        const string Start = """{"latitude":1,"longitude":2,"note":""";

        await tenant.CreateAccountAsync(Values(Item(field, JsonElement.Parse(Padded(65_536)))));
        await AssertRefusedAsync(
            tenant, answer => answer.ExpectProblem("customFieldValues[0].data"), Item(field, JsonElement.Parse(Padded(65_537))));

        static string Padded(int bytes) => $"{Start}\"{new string('x', bytes - Start.Length - 3)}\"}}";
    }

    [Fact]
    public async Task Values_OfMoreThanOneMegabyteInAll_Answer400()
    {
        var tenant = await server.CreateTenantAsync();
        var metadata = new { text = new string('m', 60_000) };
        var fields = new List<JsonElement>();
        for (var index = 0; index < 12; index++)
        {
            fields.Add(await tenant.CreateCustomFieldAsync(new { fieldType = "multi_line" }));
        }

        object[] items = [.. fields.Select(field => new { customFieldId = field.Text("uid"), data = new string('x', 32_768), metadata })];

        await tenant.CreateAccountAsync(Values(items[..11]));
        await AssertRefusedAsync(tenant, answer => answer.ExpectProblem("customFieldValues"), items);
    }

    /// <summary>A time without a zone is not an instant.</summary>
    [Theory]
    [InlineData("2023-12-07T10:30:00")]
    [InlineData("2023-12-07T10:30")]
    public async Task Value_OfADateTimeWithoutAZone_Answers400(string data)
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateCustomFieldAsync(new { fieldType = "date_time" });

        await AssertRefusedAsync(tenant, answer => answer.ExpectProblem("customFieldValues[0].data"), Item(field, data));
    }

    [Fact]
    public async Task Value_InEitherSpelling_IsAnsweredInOne()
    {
        var tenant = await server.CreateTenantAsync();
        var (first, second) = (await tenant.CreateCustomFieldAsync(), await tenant.CreateCustomFieldAsync());
        var (firstId, secondId) = (first.Text("uid"), second.Text("uid"));

        var account = await tenant.CreateAccountAsync(Values(
            new { customFieldId = firstId, data = "a", metadata = new { by = "me" } }, new { fieldId = secondId, value = "b" }));

        Assert.Equal(
            $$$"""
            [{"customFieldId":"{{{firstId}}}","data":"a","metadata":{"by":"me"}},
            {"customFieldId":"{{{secondId}}}","data":"b","metadata":{}}]
            """.ReplaceLineEndings(""),
            account["customFieldValues"].GetRawText());
    }

    [Fact]
    public async Task Values_InAnUpdate_ReplaceThoseBefore()
    {
        var tenant = await server.CreateTenantAsync();
        var (first, second) = (await tenant.CreateCustomFieldAsync(), await tenant.CreateCustomFieldAsync());
        var account = await tenant.CreateAccountAsync(Values(Item(first, "a"), Item(second, "b")));

        Assert.Equal(2, (await PutAsync(new { })).GetArrayLength());
        Assert.Equal(second.Text("uid"), Assert.Single((await PutAsync(Values(Item(second, "c")))).EnumerateArray()).Text("customFieldId"));
        Assert.Equal("a", Assert.Single((await PutAsync(Values(Item(second, null), Item(first, "a")))).EnumerateArray()).Text("data"));
        Assert.Empty((await PutAsync(Values(Item(first, null)))).EnumerateArray());
        await PutAsync(Values(Item(first, "a")));
        Assert.Empty((await PutAsync(Values())).EnumerateArray());

        async Task<JsonElement> PutAsync(object body) =>
            (await tenant.PutAccountAsync(account.Id, body)).Expect(200)["customFieldValues"];
    }

    [Fact]
    public async Task Values_GivenAgainUnchanged_LeaveUpdatedAt()
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateCustomFieldAsync();
        var account = await tenant.CreateAccountAsync(Values(Item(field, "a")));

        Assert.Equal(account.Text, (await tenant.PutAccountAsync(account.Id, Values(Item(field, "a")))).Expect(200).Text);
        var updated = (await tenant.PutAccountAsync(account.Id, Values(Item(field, "b")))).Expect(200);

        Assert.True(updated["updatedAt"].GetDateTimeOffset() > account["updatedAt"].GetDateTimeOffset());
    }

    [Theory]
    [InlineData("""{"source":"ticket"}""")]
    [InlineData("""{"source":"customer_contact"}""")]
    [InlineData("""{"source":"custom_object"}""")]
    [InlineData("""{"isActive":false}""")]
    public async Task Value_OfAFieldThatAccountsDoNotTake_Answers400(string definition)
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateCustomFieldAsync(JsonNode.Parse(definition));

        await AssertRefusedAsync(tenant, answer => answer.Expect(400), Item(field, "a"));
    }

    [Theory]
    [InlineData(Given.UnknownId)]
    [InlineData("nothing")]
    public async Task Value_OfAnUnknownField_Answers404(string id)
    {
        var tenant = await server.CreateTenantAsync();

        await AssertRefusedAsync(tenant, answer => answer.ExpectError(404, NotFound), new { customFieldId = id, data = "a" });
    }

    [Fact]
    public async Task Value_OfAFieldGivenTwice_Answers400()
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateCustomFieldAsync();

        await AssertRefusedAsync(
            tenant, answer => answer.Expect(400), Item(field, "a"), new { fieldId = field.Text("uid").ToLowerInvariant(), value = "b" });
    }

    [Theory]
    [InlineData("customFieldValues", """{"customFieldId":"x","data":"a"}""")]
    [InlineData("customFieldValues[0]", "[null]")]
    [InlineData("customFieldValues[0]", "[\"x\"]")]
    [InlineData("customFieldValues[0].customFieldId", """[{"data":"a"}]""")]
    [InlineData("customFieldValues[0].customFieldId", """[{"customFieldId":7,"data":"a"}]""")]
    [InlineData("customFieldValues[0].metadata", """[{"customFieldId":"x","data":"a","metadata":[]}]""")]
    public async Task Value_OfABadForm_Answers400(string member, string values)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.PostAccountAsync(new { customFieldValues = JsonNode.Parse(values) })).ExpectProblem(member);
    }

    [Fact]
    public async Task Value_OfADeletedField_IsNoLongerShown()
    {
        var tenant = await server.CreateTenantAsync();
        var (gone, kept) = (await tenant.CreateCustomFieldAsync(), await tenant.CreateCustomFieldAsync());
        var account = await tenant.CreateAccountAsync(Values(Item(gone, "a"), Item(kept, "b")));

        (await tenant.Client.Post("/v1/custom-field/delete", new { fields = new[] { new { fieldId = gone.Text("uid") } } })).Expect(200);

        var shown = await tenant.GetAccountAsync(account.Id);
        Assert.Equal(kept.Text("uid"), Assert.Single(shown["customFieldValues"].EnumerateArray()).Text("customFieldId"));
        var listed = (await tenant.Client.Get("/v1/accounts")).Expect(200).Json[0];
        Assert.Equal(shown.Text, listed.GetRawText());
        var updated = (await tenant.PutAccountAsync(account.Id, new { name = "Other" })).Expect(200);
        Assert.Equal(shown["customFieldValues"].GetRawText(), updated["customFieldValues"].GetRawText());
        await AssertRefusedAsync(tenant, answer => answer.ExpectError(404, NotFound), Item(gone, "a"));
    }

    [Fact]
    public async Task Value_OfAFieldThatIsMandatoryOnCreation_IsNeededOnCreateOnly()
    {
        var tenant = await server.CreateTenantAsync();
        var before = await tenant.CreateAccountAsync();
        var field = await tenant.CreateCustomFieldAsync(new { mandatoryOnCreation = true });

        (await tenant.PostAccountAsync()).ExpectProblem("customFieldValues");
        (await tenant.PostAccountAsync(Values(Item(field, null)))).ExpectProblem("customFieldValues");
        await tenant.CreateAccountAsync(Values(Item(field, "a")));
        (await tenant.PutAccountAsync(before.Id, new { name = "Other" })).Expect(200);
    }

    [Fact]
    public async Task Values_GivenByManyUpdatesAtOnce_EndOnThoseOfOne()
    {
        var tenant = await server.CreateTenantAsync();
        var (first, second) = (await tenant.CreateCustomFieldAsync(), await tenant.CreateCustomFieldAsync());
        for (var round = 0; round < 5; round++)
        {
            var account = await tenant.CreateAccountAsync();

            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => tenant.Client.Put(
                $"/v1/accounts/{account.Id}", number == 0 ? Values() : Values(Item(first, $"a{number}"), Item(second, $"b{number}")))));

            Assert.All(answers, answer => answer.Expect(200));
            var kept = (await tenant.GetAccountAsync(account.Id))["customFieldValues"].GetRawText();
            Assert.Contains(kept, answers.Select(answer => answer["customFieldValues"].GetRawText()));
        }
    }

    [Fact]
    public async Task Values_GivenWhileTheFieldIsDeleted_AreShownOnlyOfLivingFields()
    {
        var tenant = await server.CreateTenantAsync();
        var settled = await tenant.CreateAccountAsync();
        for (var round = 0; round < 10; round++)
        {
            var field = await tenant.CreateCustomFieldAsync();
            var delete = tenant.Client.Post("/v1/custom-field/delete", new { fields = new[] { new { fieldId = field.Text("uid") } } });
            var patch = tenant.Client.Patch(
                "/v1/custom-field",
                new { fields = new[] { new { fieldId = field.Text("uid"), version = 1, updates = new { hintText = "h" } } } });
            var update = tenant.PutAccountAsync(settled.Id, Values(Item(field, "a")));
            var creates = Enumerable.Range(0, 4).Select(_ => tenant.PostAccountAsync(Values(Item(field, "a"))));

            var answers = await Task.WhenAll([delete, patch, update, .. creates]);

            answers[0].Expect(200);
            Assert.Contains((int)answers[1].Status, (int[])[200, 404, 409]);
            Assert.Contains((int)answers[2].Status, (int[])[200, 404]);
            Assert.All(answers[3..], answer => Assert.Contains((int)answer.Status, (int[])[201, 404]));
            Assert.DoesNotContain(await tenant.ListCustomFieldsAsync(), shown => shown.Text("uid") == field.Text("uid"));
            Assert.DoesNotContain(
                field.Text("uid"), (await tenant.Client.Get("/v1/accounts?limit=100")).Expect(200).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Value_OfACatastrophicPattern_IsCheckedQuickly()
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateCustomFieldAsync(new { fieldType = "regex", metadata = new { pattern = "^(a+)+$" } });
        var watch = Stopwatch.StartNew();

        (await tenant.Client.Post("/v1/accounts", Given.Account(Values(Item(field, new string('a', 254) + "!")))))
            .ExpectProblem("customFieldValues[0].data");

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"It took {watch.Elapsed}.");
    }

    /// <summary>
    /// A pattern with a large counted repetition is refused, or the field is created and its values are checked within seconds.
    /// </summary>
    [Theory]
    [InlineData("^((a{1,1000}){1,1000}){1,1000}$")]
    [InlineData("(.*a){20000}")]
    [InlineData("^(a?){5000}a{5000}$")]
    public async Task Value_OfAHugePattern_IsAnsweredQuicklyOrThePatternRefused(string pattern)
    {
        var tenant = await server.CreateTenantAsync();
        var watch = Stopwatch.StartNew();

        var created = await tenant.Client.Post(
            "/v1/custom-field", new { name = "Huge", source = "account", fieldType = "regex", metadata = new { pattern } });
        Assert.Contains((int)created.Status, (int[])[201, 400]);
        if ((int)created.Status == 201)
        {
            var answer = await tenant.Client.Post("/v1/accounts", Given.Account(Values(Item(created["data"], new string('a', 255)))));
            Assert.Contains((int)answer.Status, (int[])[201, 400]);
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public async Task Values_WhosePatternTakesLong_AreRefusedTogether()
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateCustomFieldAsync(new { fieldType = "regex", metadata = new { pattern = "(?:.*a?){300}b" } });
        var value = Values(Item(field, new string('a', 255)));

        var refused = await tenant.PostAccountsAsync(Enumerable.Range(0, 200).Select(_ => Given.Account(value)));

        Assert.Equal(200, refused.ProblemFields().Length);
        var last = refused["errors"][199].Text("message");
        Assert.Contains("could not be matched with the field's pattern in time", last, StringComparison.Ordinal);
    }

    /// <summary>An engine that creates a state for each set of places in the pattern takes gigabytes, and seconds for each value.</summary>
    [Theory]
    [InlineData("(?:.*a.{60}b.{60}|.*c.{60}d.{60}|zq)")]
    [InlineData("(?:.*[ab].{50}A|.*[ab].{50}B|.*[ab].{50}C|.*[ab].{50}D)")]
    public async Task Values_OfAPatternWithManyStates_AreAllMatched(string pattern)
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateCustomFieldAsync(new { fieldType = "regex", metadata = new { pattern } });
        var random = new Random(1);
        var texts = Enumerable.Range(0, 20).Select(_ => string.Concat(Enumerable.Range(0, 255).Select(_ => "acx"[random.Next(3)])));

        var refused = await tenant.PostAccountsAsync(texts.Select(text => Given.Account(Values(Item(field, text)))));

        Assert.Equal(20, refused.ProblemFields().Length);
        Assert.DoesNotContain("in time", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Value_ThatIsLongerThanOtherText_IsRefused()
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateCustomFieldAsync(new { fieldType = "regex", metadata = new { pattern = "^a*$" } });

        (await tenant.PostAccountAsync(Values(Item(field, new string('a', 255))))).Expect(201);
        (await tenant.PostAccountAsync(Values(Item(field, new string('a', 256))))).ExpectProblem("customFieldValues[0].data");
    }

    [Theory]
    [InlineData("^[A-Z]{2}-[0-9]{2,3}$", @"\Aab|ba\z", "a(b|c)*?d+", "(?:a|b|ab){2}c", @"^\w+(?:-\w+)*$", "^.{0,3}$", "(?s)^.{0,3}$")]
    [InlineData("[]a]b", "[^]a]b", "[a-]-", "[-a]b", @"[a\]b]]", "[a-d-[b]]b", "[a-[b]]", @"[\w-[\d_]]{3}", "[+--[a]]", @"[\--[-]]")]
    [InlineData("(?i)ab", "(?i:a)b", "a(?i)b|c", "(?i)(?-i:a)B", "(?m)^b$", "^b$", "(?<name>a)(?'other'b)", "a(?#comment)*b", "(?n)(a)b")]
    [InlineData(@"\bab\b", @"\Bb", @"\p{Lu}\P{Lu}", @"\x41|\u0062c|\cA|\041", @"\d\D\s\S", "a{,2}", "a{2", "b{2,}", "", "|a", "()")]
    [InlineData("[é-ï]", "É", "(?i)É", "(?i)k", "(?i)[i]", "ß", "^[^é]$", @"\Z\n?", "$\n", "^{2}a", "(^a|b$){2}", "a.b", "(a?)*b")]
    public async Task Value_ComparedWithTheRegularExpressionsOfDotNet_IsMatchedAlike(params string[] patterns)
    {
        const string Characters = "aabbcdABCD]-{}[,_é3İıKk\n \u0001!É+";
        var tenant = await server.CreateTenantAsync();
        var random = new Random(1);
        foreach (var pattern in patterns)
        {
            var expected = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            var field = await tenant.CreateCustomFieldAsync(new { fieldType = "regex", metadata = new { pattern } });
            string[] texts =
            [
                "", "a", "AB-12", "AB-123", "ab", "b\n", "a\nb", "a b", "b", "aa{,2}", "a{2", "É", "é", "\n", "k", "K", "aB", "]b", "b]",
                .. Enumerable.Range(0, 60).Select(_ => string.Concat(
                    Enumerable.Range(0, random.Next(1, 6)).Select(_ => Characters[random.Next(Characters.Length)]))),
            ];

            var answer = await tenant.PostAccountsAsync(
                texts.Append(null).Select(text => Given.Account(Values(Item(field, (object?)text ?? 5)))));

            Assert.Equal(
                texts.Index().Where(text => !expected.IsMatch(text.Item)).Select(text => text.Index).Append(texts.Length)
                    .Select(index => $"accounts[{index}].customFieldValues[0].data"),
                answer.ProblemFields());
        }
    }

    [Theory]
    [InlineData(@"(a)\1")]
    [InlineData("(?=a)")]
    [InlineData("(?<!a)b")]
    [InlineData("(?>a)")]
    [InlineData("(a)(?(1)b|c)")]
    [InlineData(@"\Ga")]
    [InlineData("(?x) a")]
    [InlineData("(?:a{1,100}){1,101}")]
    public async Task Pattern_ThatIsTooLargeOrNotOfLinearTime_IsRefused(string pattern)
    {
        var tenant = await server.CreateTenantAsync();
        var body = new { name = "Field", source = "account", fieldType = "regex", metadata = new { pattern } };

        (await tenant.Client.Post(Paths.CustomFields, body)).ExpectProblem("metadata.pattern");
    }

    [Fact]
    public async Task Value_WithManyItemsOfManyOptions_IsChecked()
    {
        var tenant = await server.CreateTenantAsync();
        string[] options = [.. Enumerable.Range(0, 1_000).Select(number => $"{number}")];
        var field = await tenant.CreateCustomFieldAsync(new { fieldType = "multi_choice", options });
        var items = Enumerable.Repeat("999", 10_000).ToList();

        (await tenant.PostAccountAsync(Values(Item(field, items)))).Expect(201);
        (await tenant.PostAccountAsync(Values(Item(field, items.Append("1000"))))).ExpectProblem("customFieldValues[0].data");
    }

    [Fact]
    public async Task Pattern_OfTooManyCharacters_IsRefused()
    {
        var tenant = await server.CreateTenantAsync();
        foreach (var (length, status) in new[] { (1_000, 201), (1_001, 400) })
        {
            var metadata = new { pattern = new string('a', length) };
            var body = new { name = $"Field {length}", source = "account", fieldType = "regex", metadata };
            (await tenant.Client.Post(Paths.CustomFields, body)).Expect(status);
        }
    }

    private static object Item(JsonElement field, object? data) => new { customFieldId = field.Text("uid"), data };

    private static object Values(params object[] items) => new { customFieldValues = items };

    private static async Task AssertRefusedAsync(Tenant tenant, Func<Answer, Answer> expect, params object[] items)
    {
        var account = await tenant.CreateAccountAsync();
        expect(await tenant.PostAccountAsync(Values(items)));
        expect(await tenant.PutAccountAsync(account.Id, Values(items)));
        Assert.Equal(account.Text, (await tenant.GetAccountAsync(account.Id)).Text);
    }
}
