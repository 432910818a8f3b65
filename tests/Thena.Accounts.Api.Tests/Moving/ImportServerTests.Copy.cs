using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.Tests.Moving;

/// <summary><c>import server --to</c>: from one server to another, through the API of both.</summary>
public sealed partial class ImportServerTests : IDisposable
{

    private static readonly string[] AssignedByTheServer =
    [
        "createdAt", "updatedAt", "creator", "creatorId", "creatorEmail", "author", "authorId", "authorEmail", "version",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string StateFile => Path.Combine(_folder.FullName, "state.ndjson");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task ImportServer_ToAnotherServer_CopiesEverythingAndLaterWhatIsNew()
    {
        var (source, target, users) = await CreateServersAsync(contacts: 40);
        await using var from = await FaultyServer.StartAsync(server);
        await using var to = await FaultyServer.StartAsync(server);
        to.TakesRecords = true;
        var copy = new Copy(from, to, source, target, StateFile);

        // An answer that is cut after the record was created does not create it twice.
        to.FaultOf = (number, _) => number switch
        {
            3 => Fault.TooManyRequests,
            70 or 90 or 140 or 250 => Fault.HalfAnswer,
            120 => Fault.Error,
            160 => Fault.NoAnswer,
            _ => Fault.None,
        };
        var dry = await CopyAsync(copy, [.. users, "--dry-run"]);
        Assert.Equal((0, 90), (dry.ExitCode, dry.Of("accounts").Created));
        Assert.Empty(await target.ListAllAsync(Paths.Accounts));

        var first = await CopyAsync(copy, users);

        Assert.Equal(0, first.ExitCode);
        Assert.Empty(from.Undocumented);
        Assert.Empty(to.Undocumented);
        Assert.Equal((90, 41), (first.Of("accounts").Created, first.Of("contacts").Created));
        await ExpectCopiedAsync(source, target);

        // Nothing has changed since.
        var second = await CopyAsync(copy, users);
        Assert.Equal(0, second.ExitCode);
        Assert.All(second.Kinds, kind => Assert.Equal((0, 0, 0), (kind.Created, kind.Changed, kind.Refused)));

        // A changed record, a new one, and one that was deleted there.
        var account = (await source.ListAllAsync(Paths.Accounts))[0].Text("id");
        (await source.PutAccountAsync(account, new { description = "Changed", employees = 7 })).Expect(200);
        await source.CreateRecordAsync(Feature.Notes, account, new { content = "New" });
        var contact = (await target.ListAllAsync(Paths.Contacts))[5];
        (await target.DeleteContactAsync(contact.Text("id"))).Expect(200);
        var copied = Assert.Single(await source.ListAllAsync(Paths.Contacts), one => one.Text("email") == contact.Text("email"));
        (await source.PutContactAsync(copied.Text("id"), new { lastName = "Changed" })).Expect(200);

        var third = await CopyAsync(copy, users);

        Assert.Equal((0, 0, 1), (third.ExitCode, third.Of("accounts").Created, third.Of("accounts").Changed));
        Assert.Equal((1, 0), (third.Of("notes").Created, third.Of("contacts").Created + third.Of("contacts").Changed));
        (await source.DeleteContactAsync(copied.Text("id"))).Expect(200);
        await ExpectCopiedAsync(source, target);
    }

    [Fact]
    public async Task ImportServer_ToAnotherServerAndKilled_IsCompletedByTheNextRun()
    {
        var (source, target, users) = await CreateServersAsync(contacts: 60);
        await using var from = await FaultyServer.StartAsync(server);
        await using var to = await FaultyServer.StartAsync(server);
        to.TakesRecords = true;
        var copy = new Copy(from, to, source, target, StateFile);
        foreach (var more in new[] { 120, 80, 200 }.Take(LongRun.Rounds(all: 3, few: 1)))
        {
            var reached = new TaskCompletionSource();
            var last = to.Requests.Count + more;
            to.FaultOf = (number, _) =>
            {
                if (number == last)
                {
                    reached.TrySetResult();
                }

                return Fault.None;
            };
            using var process = Start(copy.Source.Key.Key, copy.Target.Key.Key, [.. Arguments(copy), .. users]);
            await Task.WhenAny(reached.Task, process.WaitForExitAsync(TestContext.Current.CancellationToken));
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var complete = await CopyAsync(copy, users);

        Assert.Equal(0, complete.ExitCode);
        await ExpectCopiedAsync(source, target);
    }

    [Fact]
    public async Task ImportServer_ToAServerWithoutTheUsers_RefusesTheirRecordsOrLeavesThemOut()
    {
        var source = await server.CreateTenantAsync();
        var owned = await source.CreateAccountAsync(new { accountOwnerId = source.User.Id });
        await source.CreateAccountAsync();
        var target = await server.CreateTenantAsync();
        await using var from = await FaultyServer.StartAsync(server);
        await using var to = await FaultyServer.StartAsync(server);
        to.TakesRecords = true;
        var copy = new Copy(from, to, source, target, StateFile);

        var refused = await CopyAsync(copy, []);

        Assert.Equal((2, 1, 1), (refused.ExitCode, refused.Of("accounts").Created, refused.Of("accounts").Refused));
        var record = Assert.Single(refused.Report.GetProperty("refused").EnumerateArray());
        Assert.Equal(owned.Id, record.Text("id"));
        var reason = $"accountOwnerId: the user {source.User.Email} is not known at {new Uri(to.Url).Authority}";
        Assert.Equal(reason, record.Text("reason"));

        var copied = await CopyAsync(copy, ["--without-users"]);

        Assert.Equal((0, 1, 1), (copied.ExitCode, copied.Of("accounts").Created, copied.Of("accounts").Unchanged));

        // The state is that of these two servers only.
        var other = await CopyAsync(copy with { From = to, To = from }, []);
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("Name another file with --state.", other.LastLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Use either --organization or --to.", "--organization", "01HZXW5M3Q8V9K2J4N6P7R8S9T", "--to", "http://127.0.0.1:1")]
    [InlineData("Use either --organization or --to.")]
    [InlineData("--to and --to-key-env belong together.", "--to", "http://127.0.0.1:1")]
    [InlineData("--create-users and --default-user need --organization.", "--to", "http://127.0.0.1:1", "--create-users")]
    [InlineData("--user must be EMAIL=ID or OLD_ID=ID, not ada.", "--to", "http://127.0.0.1:1", "--to-key-env", "NEW_KEY", "--user", "ada")]
    [InlineData("The environment variable NO_KEY is not set.", "--to", "http://127.0.0.1:1", "--to-key-env", "NO_KEY")]
    public async Task ImportServer_WithOptionsThatDoNotFit_SaysSo(string sentence, params string[] options)
    {
        var (exitCode, _, error) = await RunAsync(
            "key", "", ["import", "server", "--from", "http://127.0.0.1:1", "--from-key-env", _keyVariables.Source, .. options]);

        Assert.Equal(1, exitCode);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
    }

    /// <summary>Creates an organization with records, and an empty one with the same users.</summary>
    /// <returns>Both, and the options that say which user is which.</returns>
    private async Task<(Tenant Source, Tenant Target, string[] Users)> CreateServersAsync(int contacts)
    {
        var source = await CreateSourceAsync(contacts);

        // Another server takes no account without the values of mandatory fields.
        var field = (await source.ListCustomFieldsAsync("source=account"))[0].Text("uid");
        foreach (
            var account in (await source.ListAllAsync(Paths.Accounts))
                .Where(account => account.GetProperty("customFieldValues").GetArrayLength() == 0))
        {
            var values = new { customFieldValues = new[] { new { customFieldId = field, data = "Silver" } } };
            (await source.PutAccountAsync(account.Text("id"), values)).Expect(200);
        }

        var target = await server.CreateTenantAsync(OrganizationTier.Enterprise);
        List<string> options = [];
        foreach (var user in await UsersAsync(source.OrganizationId))
        {
            var created = await server.AdministerAsync(service => service.CreateUserAsync(
                new CreateUserRequest(target.OrganizationId, user.Name, user.Email, user.AvatarUrl), CancellationToken.None));
            options.AddRange(["--user", $"{user.Email}={created.Id}"]);
        }

        return (source, target, [.. options]);
    }

    private async Task<Import> CopyAsync(Copy copy, string[] options)
    {
        var (exitCode, output, error) = await RunAsync(copy.Source.Key.Key, copy.Target.Key.Key, [.. Arguments(copy), .. options]);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{exitCode}: {output}{error}"));
        Assert.DoesNotContain(copy.Source.Key.Key, output + error, StringComparison.Ordinal);
        Assert.DoesNotContain(copy.Target.Key.Key, output + error, StringComparison.Ordinal);
        return new Import(exitCode, output, error);
    }

    private string[] Arguments(Copy copy) =>
    [
        "import", "server", "--from", copy.From.Url, "--from-key-env", _keyVariables.Source,
        "--to", copy.To.Url, "--to-key-env", _keyVariables.Target, "--state", copy.State,
    ];

    /// <summary>Asserts that two organizations show the same records, apart from IDs, times and authors.</summary>
    private async Task ExpectCopiedAsync(Tenant source, Tenant target)
    {
        var (expected, actual) = (await ReadCopiedAsync(source), await ReadCopiedAsync(target));
        Assert.Equal(expected.Count, actual.Count);
        foreach (var (list, records) in expected)
        {
            Assert.NotEmpty(records);
            Assert.Equal(records, actual[list]);
        }
    }

    private async Task<Dictionary<string, List<string>>> ReadCopiedAsync(Tenant tenant)
    {
        var nameOfId = (await UsersAsync(tenant.OrganizationId)).ToDictionary(user => user.Id, user => user.Email);
        nameOfId[tenant.OrganizationId] = "organization";
        Dictionary<string, List<JsonElement>> records = [];
        foreach (var attribute in AttributeKinds.Names)
        {
            Add(attribute, await tenant.ListAttributeValuesAsync(attribute), value => value.Text("value"));
        }

        Add("types", await tenant.ListRelationshipTypesAsync(), type => type.Text("name"));
        Add("fields", await tenant.ListCustomFieldsAsync(), field => field.Text("name"));
        foreach (var list in Lists)
        {
            Add(list, await tenant.ListAllAsync(list), record => list switch
            {
                Paths.Accounts => record.Text("primaryDomain"),
                Paths.Contacts => record.Text("email"),

                // There is at most one of each kind per account.
                _ => nameOfId[record.Text("accountId")],
            });
        }

        return records.ToDictionary(list => list.Key, list => list.Value
            .Select(record => WithoutAssigned(Named(JsonNode.Parse(record.GetRawText()), nameOfId))!.ToJsonString())

            // Every organization has pick list values and types from its creation, so these are in another order.
            .OrderBy(record => Lists.Contains(list.Key) ? "" : record, StringComparer.Ordinal)
            .ToList());

        void Add(string list, IEnumerable<JsonElement> all, Func<JsonElement, string> name)
        {
            records[list] = [.. all];
            foreach (var record in records[list])
            {
                nameOfId[record.Text(list == "fields" ? "uid" : "id")] = $"{list} {name(record)}";
            }
        }
    }

    /// <summary>Removes what every server assigns itself.</summary>
    private static JsonNode? WithoutAssigned(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            Array.ForEach(AssignedByTheServer, member => members.Remove(member));
            foreach (var attachment in (members["attachments"] as JsonArray ?? []).OfType<JsonObject>())
            {
                attachment.Remove("id");
                attachment.Remove("createdAt");
            }

            (members["relationshipType"] as JsonObject)?.Remove("createdAt");
            (members["relationshipType"] as JsonObject)?.Remove("updatedAt");
        }

        return node;
    }

    /// <summary>The servers of a copy, and the file of its state.</summary>
    private sealed record Copy(FaultyServer From, FaultyServer To, Tenant Source, Tenant Target, string State);
}
