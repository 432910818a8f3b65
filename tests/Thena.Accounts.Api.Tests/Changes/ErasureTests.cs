using System.Text.Json;
using Thena.Accounts.Moving.Copying;

namespace Thena.Accounts.Api.Tests.Changes;

/// <summary>The erasure of contacts: nothing of the person is left in the database.</summary>
public sealed class ErasureTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    private const string NotFound = "Contact not found!";

    public static TheoryData<string, bool> Ways { get; } = new(
        from way in new[] { "create", "bulk", "ingest", "file", "copy" } from isDeleted in new[] { false, true } select (way, isDeleted));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Erase_OfAContactThatCameInAnyWay_LeavesNothingOfThePerson(string way, bool isDeleted)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var person = new Person();
        var id = await CreateAsync(tenant, way, person);
        var field = (await tenant.CreateCustomFieldAsync(new { source = "customer_contact" })).Text("uid");
        var update = new WriteRequest(HttpMethod.Put, $"{Paths.Contacts}/{id}", Given.Merge(new
        {
            email = person.OtherEmail,
            lastName = person.Name + "son",
            phoneNumber = person.Phone,
            accountIds = new[] { account },
            metadata = new Dictionary<string, object> { [person.Key] = new[] { person.Metadata } },
            customFieldValues = new[] { new { customFieldId = field, data = person.FieldValue } },
        }));
        (await tenant.Client.Send(update, ("Idempotency-Key", $"update-{id}"))).Expect(200);
        var empty = new { firstName = "X", phoneNumber = "", metadata = new { }, customFieldValues = Array.Empty<object>() };
        (await tenant.PutContactAsync(id, empty)).Expect(200);
        if (isDeleted)
        {
            (await tenant.DeleteContactAsync(id)).Expect(200);
        }

        foreach (var text in person.Texts)
        {
            Assert.NotEmpty(await server.FindTablesWithAsync(text));
        }

        (await EraseAsync(tenant, id)).Expect(200);

        foreach (var text in person.Texts)
        {
            Assert.Empty(await server.FindTablesWithAsync(text));
        }

        (await EraseAsync(tenant, id)).ExpectError(404, NotFound);
        (await tenant.Client.Get($"{Paths.Contacts}/{id}")).ExpectError(404, NotFound);
        (await tenant.Client.Get($"{Paths.Contacts}/{id}?at=2099-01-01T00:00:00Z")).ExpectError(404, NotFound);
        (await tenant.PutContactAsync(id, new { firstName = "Y" })).ExpectError(404, NotFound);
        (await tenant.PostContactAsync(new { email = person.Email })).Expect(201);
    }

    [Fact]
    public async Task EventsAndHistory_OfAnErasedContact_HaveIdsAlone()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var follower = await FeedFollower.FromNowAsync(tenant);
        var id = (await tenant.CreateContactAsync(new { firstName = "Ada", accountIds = new[] { account } })).Id;
        (await tenant.PutContactAsync(id, new { lastName = "Byron" })).Expect(200);
        var at = (await tenant.Client.Get($"{Paths.Contacts}/{id}")).Expect(200).TextOf("updatedAt");
        var erasure = (await EraseAsync(tenant, id)).Expect(200);

        await follower.ReadToEndAsync();

        Assert.Equal(["customer-contact:created", "customer-contact:updated", "customer-contact:erased"], follower.Types);
        Assert.All(follower.Events, one => Assert.Equal(
            $$$"""{"contact":{"id":"{{{id}}}"},"previousContact":null}""", one.GetProperty("payload").GetRawText()));
        Assert.All(follower.Events, one => Assert.Empty(one.GetProperty("metadata").Items("changed")));
        Assert.Equal(erasure.Headers["X-Request-Id"], follower.Events[2].GetProperty("metadata").Text("requestId"));
        follower.ExpectVersionsRise();
        var entries = (await tenant.Client.Get($"{Paths.Contacts}/{id}/history")).Expect(200).Json.EnumerateArray().ToList();
        Assert.Equal(["erased", "updated", "created"], entries.Select(entry => entry.Text("action")));
        Assert.All(entries, entry => Assert.Equal("[]", entry.GetProperty("changes").GetRawText()));
        Assert.Equal(
            3,
            (await tenant.Client.Get($"/v1/accounts/{account}/history?related=true")).Expect(200).Json.GetArrayLength());
        (await tenant.Client.Get($"{Paths.Contacts}/{id}?at={at}")).ExpectError(404, NotFound);
        string[] queries = ["types=customer-contact:erased", $"accountId={account}&types=customer-contact:*", "changed=lastName"];
        foreach (var query in queries)
        {
            Assert.NotEmpty((await new FeedFollower(tenant, query, null).ReadToEndAsync()).Events);
        }

        foreach (var one in follower.Events)
        {
            Assert.Equal(one.GetRawText(), (await tenant.Client.Get($"/v1/accounts/events/{one.Text("eventId")}")).Expect(200).Text);
        }
    }

    [Fact]
    public async Task Erase_OfAnotherOrganizationsContact_Answers404AndLeavesIt()
    {
        var (tenant, stranger) = (await server.CreateTenantAsync(), await server.CreateTenantAsync());
        var contact = await tenant.CreateContactAsync();
        var account = await tenant.CreateAccountAsync();
        var content = await server.ReadContentAsync();

        (await EraseAsync(stranger, contact.Id)).ExpectError(404, NotFound);
        (await EraseAsync(tenant, account.Id)).ExpectError(404, NotFound);
        (await EraseAsync(tenant, Given.UnknownId)).ExpectError(404, NotFound);
        (await EraseAsync(tenant, "nobody")).ExpectError(404, NotFound);

        Assert.Equal(content, await server.ReadContentAsync());
    }

    [Theory]
    [InlineData("update")]
    [InlineData("link")]
    [InlineData("ingest")]
    [InlineData("unlink")]
    [InlineData("delete")]
    public async Task Erase_WhileTheContactIsWritten_LeavesNothingInEitherOrder(string write)
    {
        foreach (var isFirst in new[] { true, false })
        {
            var (tenant, account) = await server.CreateTenantWithAccountAsync();
            var person = new Person();
            var contact = new { firstName = person.Name, email = person.Email, accountIds = new[] { account } };
            var id = (await tenant.CreateContactAsync(contact)).Id;
            var request = write switch
            {
                "update" => new WriteRequest(HttpMethod.Put, $"{Paths.Contacts}/{id}", Given.Merge(new { phoneNumber = person.Phone })),
                "link" => new WriteRequest(HttpMethod.Post, Paths.Accounts, Given.Account(new
                {
                    primaryDomain = person.Email[(person.Email.IndexOf('@', StringComparison.Ordinal) + 1)..],
                    addExistingUsersToAccountContacts = true,
                })),
                "ingest" => new WriteRequest(HttpMethod.Post, $"{Paths.Contacts}/ingest", Given.Merge(new
                {
                    sinkSource = "SLACK",
                    users = new[] { new { email = person.Email, firstName = person.Name } },
                })),
                "unlink" => new WriteRequest(HttpMethod.Delete, $"{Paths.Accounts}/{account}"),
                _ => new WriteRequest(HttpMethod.Delete, $"{Paths.Contacts}/{id}"),
            };
            await using var locked = await LockedRows.LockAsync(server, "contacts", id);

            Func<Task<Answer>>[] both = [() => tenant.Client.Send(request, ("Idempotency-Key", "write")), () => EraseAsync(tenant, id)];
            foreach (var one in isFirst ? both : both.Reverse())
            {
                await locked.QueueAsync(one);
            }

            var answers = await locked.ReleaseAsync();
            Assert.Equal(200, (int)answers[isFirst ? 1 : 0].Status);
            Assert.True((int)answers[isFirst ? 0 : 1].Status is 200 or 201 or 404, answers[isFirst ? 0 : 1].Text);
            if (write == "ingest" && !isFirst)
            {
                // The user is new, then.
                var again = await tenant.FindContactAsync(person.Email);
                Assert.NotEqual(id, again.Text("id"));
                (await EraseAsync(tenant, again.Text("id"))).Expect(200);
            }

            foreach (var text in new[] { person.Name, person.Email, person.Phone })
            {
                Assert.Empty(await server.FindTablesWithAsync(text));
            }

            (await new FeedFollower(tenant).ReadToEndAsync()).ExpectVersionsRise();
        }
    }

    private static Task<Answer> EraseAsync(Tenant tenant, string id) => tenant.Client.Post($"{Paths.Contacts}/{id}/erase", "{}");

    private async Task<string> CreateAsync(Tenant tenant, string way, Person person)
    {
        var body = new { firstName = person.Name, email = person.Email };
        var request = way switch
        {
            "bulk" => new WriteRequest(HttpMethod.Post, $"{Paths.Contacts}/bulk", Given.Merge(new { contacts = new[] { body } })),
            "ingest" => new WriteRequest(
                HttpMethod.Post, $"{Paths.Contacts}/ingest", Given.Merge(new { sinkSource = "SLACK", users = new[] { body } })),
            _ => new WriteRequest(HttpMethod.Post, Paths.Contacts, Given.Merge(body)),
        };
        switch (way)
        {
            case "file":
                var file = $"first name,email\n{person.Name},{person.Email}\n";
                (await tenant.Client.Send(HttpMethod.Post, $"{Paths.Contacts}/import", file, "text/csv")).Expect(200);
                break;
            case "copy":
                await server.ImportAsync(tenant, new OneContact(JsonSerializer.SerializeToUtf8Bytes(
                    new { id = person.OldId, body.firstName, body.email, createdAt = "2025-01-06T21:00:00.000Z" })));
                break;
            default:
                Assert.InRange((int)(await tenant.Client.Send(request, ("Idempotency-Key", "create"))).Status, 200, 201);
                break;
        }

        return (await tenant.FindContactAsync(person.Email)).Text("id");
    }

    /// <summary>A person, with what nobody else has.</summary>
    private sealed class Person
    {
        private readonly string _unique = Guid.CreateVersion7().ToString("N");

        public string Name => $"Ada{_unique}";

        public string Email => $"{Name}@{_unique}.example";

        public string OtherEmail => $"other.{Name}@{_unique}.example";

        public string Phone { get; } = $"+1 555 {Random.Shared.Next(100_000_000, 999_999_999)}";

        public string Key => $"key{_unique}";

        public string Metadata => $"value{_unique}";

        public string FieldValue => $"field{_unique}";

        public string OldId => $"old{_unique}";

        public string[] Texts => [Name, Email, OtherEmail, Phone, Key, Metadata, FieldValue];
    }

    private sealed class OneContact(ReadOnlyMemory<byte> contact) : IRecordSource
    {
        public bool IsNewestFirst => false;

        public int MaxPasses => 1;

        public bool CreatesUsers => true;

        public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(string kind, CancellationToken cancellationToken) =>
            (kind == "contacts" ? [contact] : Array.Empty<ReadOnlyMemory<byte>>()).ToAsyncEnumerable();
    }
}
