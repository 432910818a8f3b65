using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.Tests.Moving;

/// <summary>The command <c>import server</c>, from a server that has bad days.</summary>
public sealed partial class ImportServerTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    /// <summary>The environment variables with the keys, of a test's own.</summary>
    private readonly (string Source, string Target) _keyVariables =
        ($"OLD_KEY_{Guid.CreateVersion7():N}", $"NEW_KEY_{Guid.CreateVersion7():N}");

    private static readonly string[] Lists =
    [
        Paths.Accounts, Paths.Contacts, Paths.Relationships, Feature.PathOf(Feature.Activities), Feature.PathOf(Feature.Notes),
        Feature.PathOf(Feature.Tasks),
    ];

    [Fact]
    public async Task ImportServer_WithFaultsAndChangesMeanwhile_CopiesEverythingAndLaterWhatIsNew()
    {
        var source = await CreateSourceAsync(contacts: 100);
        var organizationId = await CreateOrganizationAsync();
        await using var other = await FaultyServer.StartAsync(server);
        other.MaxLimit = 40;
        other.FaultOf = (number, _) => number switch
        {
            2 => Fault.TooManyRequests,
            5 or 6 => Fault.Error,
            11 => Fault.NoAnswer,
            16 or 20 or 24 => Fault.HalfAnswer,
            30 => Fault.Silence,
            32 => Fault.Unavailable,
            _ => Fault.None,
        };
        var deleted = await ChangeWhileReadAsync(source, other);

        var first = await ImportAsync(
            other, source, organizationId, ["--create-users", "--Import:AttemptTimeout:Timeout=00:00:04"]);

        Assert.Equal(0, first.ExitCode);
        Assert.Empty(other.Undocumented);
        var target = await ReaderAsync(source, organizationId);
        await ExpectEqualAsync(source, target, deleted);

        // Nothing has changed since.
        var content = await server.ReadContentAsync();
        var second = await ImportAsync(other, source, organizationId, ["--create-users"]);
        Assert.Equal(0, second.ExitCode);
        Assert.All(second.Kinds, kind => Assert.Equal((0, 0, 0), (kind.Created, kind.Changed, kind.Refused)));
        Assert.All(second.Kinds, kind => Assert.True(kind.Unchanged > 0 || kind.Kind == "users", kind.Kind));
        Assert.Equal(content, await server.ReadContentAsync());

        // A changed record and a new one.
        var account = (await source.ListAllAsync(Paths.Accounts))[0].Text("id");
        (await source.PutAccountAsync(account, new { description = "Changed", status = (string?)null, employees = 7 })).Expect(200);
        var note = await source.CreateRecordAsync(Feature.Notes, account, new { content = "New" });
        var third = await ImportAsync(other, source, organizationId, ["--create-users"]);
        Assert.Equal(0, third.ExitCode);
        Assert.Equal((0, 1), (third.Of("accounts").Created, third.Of("accounts").Changed));
        Assert.Equal(1, third.Of("notes").Created);
        Assert.Equal("New", (await target.GetRecordAsync(Feature.Notes, note.Id)).Text("content"));
        await ExpectEqualAsync(source, target, deleted);
    }

    [Fact]
    public async Task ImportServer_KilledAtAnyMoment_IsCompletedByTheNextRun()
    {
        var source = await CreateSourceAsync(contacts: 1_100);
        var organizationId = await CreateOrganizationAsync();
        await using var other = await FaultyServer.StartAsync(server);
        var random = new Random(7);
        for (var round = 0; round < LongRun.Rounds(all: 10, few: 2); round++)
        {
            var reached = new TaskCompletionSource();

            // Each run comes a little further than the one before.
            var last = other.Requests.Count + (3 * round) + random.Next(10, 18);
            other.FaultOf = (number, asked) =>
            {
                _ = number == last && reached.TrySetResult();
                return Fault.None;
            };
            using var process = Start(source.Key.Key, "", [.. Arguments(other.Url, organizationId), "--create-users"]);
            await Task.WhenAny(reached.Task, process.WaitForExitAsync(TestContext.Current.CancellationToken));
            await Task.Delay(random.Next(0, 250), TestContext.Current.CancellationToken);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        other.FaultOf = (_, _) => Fault.None;
        var complete = await ImportAsync(other, source, organizationId, ["--create-users"]);

        Assert.Equal(0, complete.ExitCode);
        await ExpectEqualAsync(source, await ReaderAsync(source, organizationId), []);
    }

    [Fact]
    public async Task ImportServer_WithoutUsers_RefusesTheirRecordsUntilTheyAreCreated()
    {
        var source = await server.CreateTenantAsync();
        var owned = await source.CreateAccountAsync(new { accountOwnerId = source.User.Id });
        var free = await source.CreateAccountAsync();
        var organizationId = await CreateOrganizationAsync();
        await using var other = await FaultyServer.StartAsync(server);
        var file = Path.Combine(Path.GetTempPath(), $"thena-accounts-report-{Guid.CreateVersion7():N}.json");
        var content = await server.ReadContentAsync();

        var dry = await ImportAsync(other, source, organizationId, ["--dry-run"]);

        Assert.Equal((2, 1, 1), (dry.ExitCode, dry.Of("accounts").Created, dry.Of("accounts").Refused));
        Assert.Equal(content, await server.ReadContentAsync());

        var refused = await ImportAsync(other, source, organizationId, ["--report", file]);

        Assert.Equal((2, 1, 1), (refused.ExitCode, refused.Of("accounts").Created, refused.Of("accounts").Refused));
        var record = Assert.Single(refused.Report.GetProperty("refused").EnumerateArray());
        Assert.Equal(("accounts", owned.Id), (record.Text("kind"), record.Text("id")));
        Assert.Contains(source.User.Email, record.Text("reason"), StringComparison.Ordinal);
        Assert.Equal(refused.Report.GetRawText(), await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        File.Delete(file);

        var created = await ImportAsync(other, source, organizationId, ["--create-users"]);

        Assert.Equal((0, 1, 1), (created.ExitCode, created.Of("accounts").Created, created.Of("accounts").Unchanged));
        Assert.Equal(1, created.Of("users").Created);
        var target = await ReaderAsync(source, organizationId);
        Assert.Equal([free.Id, owned.Id], (await target.ListAllAsync(Paths.Accounts)).ConvertAll(account => account.Text("id")));
        Assert.Equal(target.User.Id, (await target.GetAccountAsync(owned.Id)).TextOf("accountOwnerId"));
    }

    [Fact]
    public async Task ImportServer_FromAServerWithoutPages_Ends()
    {
        var source = await server.CreateTenantAsync();
        await source.CreateAccountsAsync(3);
        var organizationId = await CreateOrganizationAsync();
        await using var other = await FaultyServer.StartAsync(server);
        other.IgnoresPage = true;

        // A request before the reset would be refused, and could not be repeated.
        var reset = DateTimeOffset.MinValue;
        other.RateLimitOf = number =>
        {
            reset = number == 3 ? TimeProvider.System.GetUtcNow().AddSeconds(2) : reset;
            return number == 3 ? (0, reset) : null;
        };
        other.FaultOf = (_, _) =>
            TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() < reset.ToUnixTimeSeconds() ? Fault.TooManyRequests : Fault.None;

        var import = await ImportAsync(other, source, organizationId, []);

        Assert.Equal((0, 3, 0), (import.ExitCode, import.Of("accounts").Created, import.Of("accounts").Unchanged));
        Assert.DoesNotContain("429", import.Error, StringComparison.Ordinal);
        Assert.Empty(other.Undocumented);
    }

    [Theory]
    [InlineData(Fault.Unavailable, "answers GET /v1/accounts/contacts?page=1&limit=100 with status 503")]
    [InlineData(Fault.InvalidJson, "answers GET /v1/accounts/contacts?page=1&limit=100 with invalid JSON: ")]
    public async Task ImportServer_FromAServerThatKeepsFailing_SaysWhat(Fault fault, string sentence)
    {
        var source = await server.CreateTenantAsync();
        await source.CreateContactAsync();
        var organizationId = await CreateOrganizationAsync();
        await using var other = await FaultyServer.StartAsync(server);
        other.FaultOf = (_, asked) => asked.StartsWith(Paths.Contacts, StringComparison.Ordinal) ? fault : Fault.None;

        var import = await ImportAsync(other, source, organizationId, ["--Import:Retry:Delay=00:00:00.01"]);

        Assert.Equal(1, import.ExitCode);
        Assert.Contains(sentence, import.LastLine, StringComparison.Ordinal);
        Assert.Equal(
            fault == Fault.InvalidJson ? 1 : 9, other.Requests.Count(asked => asked.StartsWith(Paths.Contacts, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(null, "wrong", "refuses the key in OLD_KEY: status 401")]
    [InlineData(null, "", "The environment variable OLD_KEY is not set.")]
    [InlineData(null, "two words", "The environment variable OLD_KEY does not contain an API key.")]
    [InlineData("ftp://127.0.0.1", "key", "--from must be an absolute URL")]
    [InlineData("http://127.0.0.1:1", "key", "GET /v1/accounts/attributes?attribute=account_status at 127.0.0.1:1 failed: ")]
    public async Task ImportServer_WithAMistake_SaysWhich(string? url, string key, string sentence)
    {
        var organizationId = await CreateOrganizationAsync();
        await using var other = await FaultyServer.StartAsync(server);

        var (exitCode, output, error) = await RunAsync(
            key, "", [.. Arguments(url ?? other.Url, organizationId), "--Import:Retry:Delay=00:00:00.01"]);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains(
            sentence.Replace("OLD_KEY", _keyVariables.Source, StringComparison.Ordinal),
            error.TrimEnd().Split('\n')[^1],
            StringComparison.Ordinal);
    }

    /// <summary>Changes records while their list is read, so that others move to other pages.</summary>
    /// <returns>The IDs of the records that are deleted after they were read.</returns>
    private static async Task<IReadOnlyCollection<string>> ChangeWhileReadAsync(Tenant source, FaultyServer other)
    {
        string[] contacts = [.. (await source.ListAllAsync(Paths.Contacts)).Take(3).Select(contact => contact.Text("id"))];
        var account = (await source.ListAllAsync(Paths.Accounts))[^1].Text("id");
        var field = (await source.ListCustomFieldsAsync("source=account"))[0].Text("uid");
        var required = new { customFieldValues = new[] { new { customFieldId = field, data = "Silver" } } };
        HashSet<string> done = [];
        other.Before = async asked =>
        {
            if (!done.Add(asked))
            {
                return;
            }

            switch (asked)
            {
                // The first three of the next page move to this one, and are not shown there.
                case "/v1/accounts/contacts?page=2&limit=100":
                    foreach (var id in contacts)
                    {
                        (await source.DeleteContactAsync(id)).Expect(200);
                    }

                    break;
                case "/v1/accounts/contacts?page=3&limit=100":
                    await source.CreateContactAsync(new { accountIds = new[] { account } });
                    break;
                case "/v1/accounts/relationships?page=1&limit=100":
                    // The list of its account has been read already.
                    await source.CreateRecordAsync(Feature.Tasks, (await source.CreateAccountAsync(required)).Id);
                    break;

                // A whole page moves to the next one, which then shows nothing new.
                case "/v1/accounts?page=2&limit=100":
                    (await source.PostAccountsAsync(Enumerable.Range(0, 40).Select(_ => Given.Account(required)))).Expect(201);
                    break;
            }
        };
        return contacts;
    }

    /// <summary>Creates an organization with records of all kinds. Their users are also owners of accounts.</summary>
    private async Task<Tenant> CreateSourceAsync(int contacts)
    {
        var ada = await server.CreateTenantAsync(OrganizationTier.Enterprise);
        var grace = await server.CreateColleagueAsync(ada);
        await ada.CreateAttributeValueAsync("account_status", "Paused", new { color = "#AA00FF", icon = "pause" });
        (await ada.PutAttributeValueAsync(
            await ada.FindAttributeValueIdAsync("account_status", "TRIAL"), new { isDefault = true, icon = "beaker" })).Expect(200);
        await ada.CreateAttributeValueAsync("task_status", "BLOCKED", new { isClosed = true });
        await ada.CreateAttributeValueAsync("note_type", "INTERNAL", new { isDefault = true });
        var parent = await ada.CreateRelationshipTypeAsync("Reseller");
        await ada.CreateRelationshipTypeAsync("Customer of reseller", parent.Id);
        var sibling = await ada.CreateRelationshipTypeAsync("Sibling");
        (await ada.PutRelationshipTypeAsync(sibling.Id, new { inverseRelationshipId = sibling.Id })).Expect(200);
        await ada.CreateRelationshipTypeAsync("Neighbor");

        var level = (await ada.CreateCustomFieldAsync(
            new { fieldType = "single_choice", options = new[] { "Gold", "Silver" }, hintText = "The level", mandatoryOnCreation = true }))
            .Text("uid");
        var born = (await ada.CreateCustomFieldAsync(new { source = "customer_contact", fieldType = "date" })).Text("uid");
        await ada.CreateCustomFieldAsync(new { source = "customer_contact", fieldType = "toggle", isActive = false });

        object[] levels = [new { customFieldId = level, data = "Gold", metadata = new { by = "Ada" } }];
        (await ada.PostAccountsAsync(Enumerable.Range(0, 90).Select(index => Given.Account(new
        {
            name = $"Account {index} äöü",
            accountOwnerId = index % 3 == 0 ? ada.User.Id : grace.User.Id,
            status = index % 4 == 0 ? "Paused" : null,
            industry = index % 5 == 0 ? "Finance" : null,
            annualRevenue = 1_000.5m * index,
            metadata = new { index, nested = new { list = new object?[] { 1.50m, "two", null } } },
            customFieldValues = levels,
        })))).Expect(201);
        var accounts = (await ada.ListAllAsync(Paths.Accounts)).ConvertAll(account => account.Text("id"));
        var changes = new { status = (string?)null, website = "example.com", secondaryDomain = "second.example" };
        (await ada.PutAccountAsync(accounts[0], changes)).Expect(200);
        (await ada.PutAccountAsync(accounts[1], new { accountOwnerId = (string?)null, billingAddress = "1 Street\nCity" })).Expect(200);
        (await ada.PutAccountAsync(accounts[2], new { customFieldValues = Array.Empty<object>() })).Expect(200);

        (await ada.PostContactsAsync(Enumerable.Range(0, contacts).Select(index => Given.Contact(new
        {
            lastName = $"No. {index}",
            phoneNumber = "+49 30 123456",
            accountId = index % 2 == 0 ? accounts[index % accounts.Count] : null,
            contactType = index % 7 == 0 ? "LEGAL" : null,
            customFieldValues = new[] { new { customFieldId = born, data = "1815-12-10" } },
        })))).Expect(201);
        await ada.CreateContactAsync(new { accountIds = accounts[..3], avatarUrl = "https://example.com/ada.png" });

        string[] types = ["Reseller", "Customer of reseller", "Sibling", "Neighbor", "Parent", "Partner"];
        for (var index = 0; index < types.Length; index++)
        {
            (await ada.PostRelationshipAsync(accounts[index], accounts[index + 1], types[index])).Expect(201);
        }

        string[] urls = ["https://example.com/a.pdf", "https://example.com/b.pdf"];
        for (var index = 0; index < 15; index++)
        {
            var (author, account) = (index % 2 == 0 ? ada : grace, accounts[index]);
            var activity = await author.CreateRecordAsync(Feature.Activities, account, new
            {
                title = index % 2 == 0 ? $"Activity {index}" : null,
                type = index % 2 == 0 ? "MEETING" : null,
                participants = new[] { ada.User.Id, grace.User.Id },
                attachmentUrls = index % 2 == 0 ? urls : [],
            });
            await author.CreateRecordAsync(Feature.Notes, account, new
            {
                content = $"Note {index}",
                visibility = (index % 3) switch { 0 => "private", 1 => "team", _ => "public" },
                attachmentUrls = urls[..(index % 3)],
            });
            await author.CreateRecordAsync(Feature.Tasks, account, new
            {
                activityId = index % 2 == 0 ? activity.Id : null,
                assigneeId = grace.User.Id,
                status = index % 3 == 0 ? "BLOCKED" : null,
                priority = "HIGH",
                attachmentUrls = urls[..(index % 2)],
                metadata = new { index },
            });
        }

        return ada;
    }

    private async Task<string> CreateOrganizationAsync() => (await server.AdministerAsync(
        service => service.CreateOrganizationAsync(new("Target", OrganizationTier.Standard), CancellationToken.None))).Id;

    /// <summary>Creates a key for the imported user of the source, who can see the same private notes.</summary>
    private async Task<Tenant> ReaderAsync(Tenant source, string organizationId)
    {
        var users = await UsersAsync(organizationId);
        var user = Assert.Single(users, user => user.Email == source.User.Email);
        Assert.Equal(source.User.Name, user.Name);
        var key = await server.CreateKeyAsync(user.Id);
        return new Tenant(organizationId, user, key, server.CreateClient(key.Key));
    }

    private Task<IReadOnlyList<UserResponse>> UsersAsync(string organizationId) =>
        server.AdministerAsync(service => service.ListUsersAsync(organizationId, CancellationToken.None));

    /// <summary>Asserts that two organizations show the same records, in the same order and with the same IDs and times.</summary>
    /// <param name="source">The source.</param>
    /// <param name="target">The target.</param>
    /// <param name="deleted">The IDs of records that only the target still has.</param>
    private async Task ExpectEqualAsync(Tenant source, Tenant target, IReadOnlyCollection<string> deleted)
    {
        var (expected, actual) = (await ReadAllAsync(source, []), await ReadAllAsync(target, deleted));
        Assert.Equal(expected.Count, actual.Count);
        foreach (var (list, records) in expected)
        {
            Assert.NotEmpty(records);
            Assert.Equal(records, actual[list]);
        }
    }

    /// <summary>Reads all records, with names in place of the IDs that differ between organizations.</summary>
    private async Task<Dictionary<string, List<string>>> ReadAllAsync(Tenant tenant, IReadOnlyCollection<string> except)
    {
        var nameOfId = (await UsersAsync(tenant.OrganizationId)).ToDictionary(user => user.Id, user => user.Email);
        nameOfId.Add(tenant.OrganizationId, "organization");
        Dictionary<string, List<JsonElement>> records = [];
        foreach (var attribute in AttributeKinds.Names)
        {
            records[attribute] = [.. await tenant.ListAttributeValuesAsync(attribute)];
            records[attribute].ForEach(value => nameOfId.Add(value.Text("id"), $"{attribute} {value.Text("value")}"));
        }

        records["types"] = [.. await tenant.ListRelationshipTypesAsync()];
        records["types"].ForEach(type => nameOfId.Add(type.Text("id"), $"type {type.Text("name")}"));
        records["fields"] = [.. await tenant.ListCustomFieldsAsync()];
        foreach (var list in Lists)
        {
            records[list] = await tenant.ListAllAsync(list);
        }

        return records.ToDictionary(list => list.Key, list => list.Value
            .Where(record => !record.TryGetProperty("id", out var id) || !except.Contains(id.GetString()!))
            .Select(record => Named(JsonNode.Parse(record.GetRawText()), nameOfId)!.ToJsonString())
            // Every organization has pick list values and types from its creation, so these are in another order.
            .OrderBy(record => Lists.Contains(list.Key) ? "" : record, StringComparer.Ordinal)
            .ToList());
    }

    private static JsonNode? Named(JsonNode? node, Dictionary<string, string> nameOfId)
    {
        switch (node)
        {
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Named(item, nameOfId))]);
            case JsonObject members:
                // Pick list values and types that every organization has were created with it.
                var isDefault = members.ContainsKey("inverseRelationship") || members.ContainsKey("attribute");
                return new JsonObject(members.Where(member => !isDefault || !member.Key.EndsWith("edAt", StringComparison.Ordinal))
                    .Select(member => KeyValuePair.Create(member.Key, Named(member.Value, nameOfId))));
            case JsonValue value when value.TryGetValue<string>(out var text) && nameOfId.TryGetValue(text, out var name):
                return name;
            default:
                return node?.DeepClone();
        }
    }

    private async Task<Import> ImportAsync(
        FaultyServer other,
        Tenant source,
        string organizationId,
        string[] options)
    {
        var (exitCode, output, error) = await RunAsync(source.Key.Key, "", [.. Arguments(other.Url, organizationId), .. options]);
        Assert.True(exitCode is 0 or 2 || output.Length == 0, output);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{exitCode}: {output}{error}"));
        Assert.DoesNotContain(source.Key.Key, output + error, StringComparison.Ordinal);
        return new Import(exitCode, output, error);
    }

    private string[] Arguments(string url, string organizationId) =>
        ["import", "server", "--from", url, "--from-key-env", _keyVariables.Source, "--organization", organizationId];

    /// <summary>Starts an import in a process that can be killed.</summary>
    private Process Start(string sourceKey, string targetKey, string[] arguments) => ServerProcess.Start(
        server.ConnectionString, arguments, (_keyVariables.Source, sourceKey), (_keyVariables.Target, targetKey));

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string sourceKey, string targetKey, string[] arguments)
    {
        try
        {
            Environment.SetEnvironmentVariable(_keyVariables.Source, sourceKey);
            Environment.SetEnvironmentVariable(_keyVariables.Target, targetKey);
            return await CommandRun.OnDatabaseAsync(server.ConnectionString, arguments);
        }
        finally
        {
            Environment.SetEnvironmentVariable(_keyVariables.Source, null);
            Environment.SetEnvironmentVariable(_keyVariables.Target, null);
        }
    }

    /// <summary>A finished import.</summary>
    private sealed record Import(int ExitCode, string Output, string Error)
    {
        public JsonElement Report => JsonElement.Parse(Output.TrimEnd().Split('\n')[^1]);

        public string LastLine => Error.TrimEnd().Split('\n')[^1];

        public Counts[] Kinds =>
            [.. Report.GetProperty("kinds").EnumerateArray().Select(kind => kind.Deserialize<Counts>(JsonSerializerOptions.Web)!)];

        public Counts Of(string kind) => Assert.Single(Kinds, counts => counts.Kind == kind);
    }

    /// <summary>The numbers of one kind.</summary>
    private sealed record Counts(string Kind, long Read, long Created, long Changed, long Unchanged, long Refused);
}
