using System.Text.Json;
using static Thena.Accounts.Api.Tests.Accounts.AccountRequests;
using static Thena.Accounts.Api.Tests.Contacts.ContactRequests;

namespace Thena.Accounts.Api.Tests.Contacts;

public sealed class ContactsTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    private const string EmailExists = "A contact with this email already exists!";

    [Fact]
    public async Task Create_WithWhatItNeeds_AnswersEveryMemberInOrderAndNoneNull()
    {
        var tenant = await server.CreateTenantAsync();

        var contact = (await tenant.Client.Post(ContactsPath, new { firstName = " Ada ", email = " Ada@Acme.com " })).Expect(201);

        var type = await tenant.FindValueAsync("contact_type", "PRIMARY");
        Assert.Equal(
            $$"""
            {"id":"{{contact.Id}}","firstName":"Ada","lastName":"","email":"Ada@Acme.com","phoneNumber":"","avatarUrl":"","accounts":[],"contactTypeId":"{{type.Text("id")}}","contactType":"PRIMARY","customFieldValues":[],"metadata":{},"createdAt":"{{contact.TextOf("createdAt")}}","updatedAt":"{{contact.TextOf("createdAt")}}"}
            """,
            contact.Text);
        Assert.Equal(contact.Text, (await tenant.GetContact(contact.Id)).GetRawText());
        Assert.Equal($"[{contact.Text}]", (await tenant.Client.Get(ContactsPath)).Text);
    }

    [Fact]
    public async Task Create_WithEveryMember_KeepsThem()
    {
        var tenant = await server.CreateTenantAsync();
        var account = await tenant.CreateAccountAsync(new { name = "One" });
        var field = (await tenant.CreateFieldAsync(new { source = "customer_contact", fieldType = "integer" })).Text("uid");

        var contact = await tenant.CreateContact(new
        {
            firstName = "Ada",
            lastName = "Lovelace",
            phoneNumber = "+1 (555) 123-4567",
            avatarUrl = "https://a.example/x",
            contactType = "legal",
            accountIds = new[] { account.Id, account.Id },
            customFieldValues = new[] { new { customFieldId = field, data = 5 } },
            metadata = new { a = 1 },
        });

        Assert.Equal(
            ["Lovelace", "+1 (555) 123-4567", "https://a.example/x", "LEGAL"],
            contact.Json.Texts("lastName", "phoneNumber", "avatarUrl", "contactType"));
        Assert.Equal($$"""[{"id":"{{account.Id}}","name":"One"}]""", contact.RawOf("accounts"));
        Assert.Equal($$$"""[{"customFieldId":"{{{field}}}","data":5,"metadata":{}}]""", contact.RawOf("customFieldValues"));
        Assert.Equal("""{"a":1}""", contact.RawOf("metadata"));
        Assert.Equal(contact.Text, (await tenant.GetContact(contact.Id)).GetRawText());
    }

    [Fact]
    public async Task Email_InAnyCase_IsUniqueUntilDeleted()
    {
        var tenant = await server.CreateTenantAsync();
        var (contact, other) = (await tenant.CreateContact(new { email = "ada@acme.com" }), await tenant.CreateContact());

        Assert.Equal(
            contact.Id, (await tenant.PostContact(new { email = "ADA@Acme.com" })).ExpectError(409, EmailExists).TextOf("existingId"));
        Assert.Equal(
            contact.Id,
            (await tenant.PutContact(other.Id, new { email = "ADA@Acme.com" })).ExpectError(409, EmailExists).TextOf("existingId"));
        Assert.Equal("Ada@Acme.com", (await tenant.PutContact(contact.Id, new { email = "Ada@Acme.com" })).Expect(200).TextOf("email"));
        Assert.Equal("", (await tenant.DeleteContact(contact.Id)).Expect(200).Text);

        Assert.Equal("ADA@acme.com", (await tenant.PutContact(other.Id, new { email = "ADA@acme.com" })).Expect(200).TextOf("email"));
        (await tenant.DeleteContact(other.Id)).Expect(200);
        (await tenant.PostContact(new { email = "ada@acme.com" })).Expect(201);
    }

    [Fact]
    public async Task Delete_OfAContact_MakesItUnknownEverywhere()
    {
        var tenant = await server.CreateTenantAsync();
        var account = await tenant.CreateAccountAsync();
        var contact = await tenant.CreateContact(new { accountIds = new[] { account.Id } });

        (await tenant.DeleteContact(contact.Id)).Expect(200);

        (await tenant.DeleteContact(contact.Id)).ExpectError(404, "Contact not found!");
        (await tenant.PutContact(contact.Id, new { firstName = "X" })).ExpectError(404, "Contact not found!");
        Assert.Empty(await tenant.GetContacts(contact.Id));
        Assert.Equal("[]", (await tenant.SearchContacts(contact.TextOf("email"))).Text);
        Assert.Equal("[]", (await tenant.Client.Get(ContactsPath)).Text);
        Assert.Equal("[]", (await tenant.Client.Get($"{ContactsPath}?accountId={account.Id}")).Text);
    }

    [Theory]
    [InlineData(Given.UnknownId)]
    [InlineData("nonsense")]
    public async Task Unknown_Contact_IsNotFound(string id)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.PutContact(id, new { firstName = "X" })).ExpectError(404, "Contact not found!");
        (await tenant.DeleteContact(id)).ExpectError(404, "Contact not found!");
    }

    [Fact]
    public async Task AccountIds_OnUpdate_ReplaceTheLinks()
    {
        var tenant = await server.CreateTenantAsync();
        string[] accounts =
        [
            (await tenant.CreateAccountAsync()).Id,
            (await tenant.CreateAccountAsync()).Id,
            (await tenant.CreateAccountAsync()).Id,
        ];
        var contact = await tenant.CreateContact(new { accountIds = accounts[..2] });

        foreach (var (change, expected) in ((object, string[])[])[
            (new { lastName = "X" }, accounts[..2]), (
                new { accountIds = accounts[1..] },
                accounts[1..]), (new { accountIds = (string[]?)null }, []), (new { accountIds = accounts }, accounts),
            (new { accountIds = Array.Empty<string>() }, [])])
        {
            Assert.Equal(expected, (await tenant.PutContact(contact.Id, change)).Expect(200).Json.LinkedIds());
            Assert.Equal(expected, (await tenant.GetContact(contact.Id)).LinkedIds());
        }
    }

    [Theory]
    [InlineData(Given.UnknownId)]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task AccountIds_WithAnUnknownOne_AreNotFoundAndChangeNothing(string id)
    {
        var tenant = await server.CreateTenantAsync();
        var account = (await tenant.CreateAccountAsync()).Id;
        var contact = await tenant.CreateContact(new { accountIds = new[] { account } });

        (await tenant.PutContact(contact.Id, new { firstName = "X", accountIds = new[] { account, id } }))
            .ExpectError(404, "Account not found!");
        (await tenant.PostContact(new { accountIds = new[] { id } })).ExpectError(404, "Account not found!");

        Assert.Equal($"[{contact.Text}]", (await tenant.Client.Get(ContactsPath)).Text);
    }

    [Fact]
    public async Task ContactType_ByIdOrValue_IsTakenElseNotFound()
    {
        var tenant = await server.CreateTenantAsync();
        var legal = (await tenant.FindValueAsync("contact_type", "LEGAL")).Text("id");
        await tenant.CreateValueAsync("contact_type", "Usual", new { isDefault = true });
        var status = (await tenant.FindValueAsync("account_status", "ACTIVE")).Text("id");

        var contact = await tenant.CreateContact(new { contactType = (string?)null });

        Assert.Equal("Usual", contact.TextOf("contactType"));
        Assert.Equal("LEGAL", (await tenant.PutContact(contact.Id, new { contactType = legal })).Expect(200).TextOf("contactType"));
        Assert.Equal("BILLING", (await tenant.PutContact(contact.Id, new { contactType = " billing " })).Expect(200).TextOf("contactType"));
        foreach (var unknown in (string[])["nothing", Given.UnknownId, status, "ACTIVE"])
        {
            (await tenant.PutContact(contact.Id, new { contactType = unknown })).ExpectError(404, "Contact type not found!");
            (await tenant.PostContact(new { contactType = unknown })).ExpectError(404, "Contact type not found!");
        }

        (await tenant.PutContact(contact.Id, new { contactType = (string?)null })).ExpectProblem("contactType");
        (await tenant.PutContact(contact.Id, new { contactType = "" })).ExpectProblem("contactType");
    }

    [Fact]
    public async Task Update_ThatChangesNothing_KeepsUpdatedAt()
    {
        var tenant = await server.CreateTenantAsync();
        var account = (await tenant.CreateAccountAsync()).Id;
        var contact = await tenant.CreateContact(
            new { lastName = "L", accountIds = new[] { account }, metadata = new { a = 1 }, phoneNumber = "+15551234567" });
        object same = new
        {
            firstName = " Ada ",
            lastName = "L",
            email = contact.TextOf("email"),
            accountIds = new[] { account, account },
            metadata = new { a = 1 },
            phoneNumber = "+15551234567",
            contactType = "primary",
            customFieldValues = Array.Empty<object>(),
            avatarUrl = (string?)null,
        };
        await Task.Delay(5, TestContext.Current.CancellationToken);

        Assert.Equal(contact.Text, (await tenant.PutContact(contact.Id, same)).Expect(200).Text);
        Assert.Equal(contact.Text, (await tenant.PutContact(contact.Id, new { })).Expect(200).Text);

        var last = contact.TextOf("updatedAt");
        foreach (
            var change in (object[])
            [
                new { lastName = "M" },
                new { lastName = "" },
                new { metadata = new { } },
                new { accountIds = Array.Empty<string>() },
                new { phoneNumber = (string?)null },
            ])
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
            var changed = (await tenant.PutContact(contact.Id, change)).Expect(200);
            Assert.True(string.CompareOrdinal(changed.TextOf("updatedAt"), last) > 0, changed.Text);
            last = changed.TextOf("updatedAt");
        }

        Assert.Equal(
            ["", "", contact.TextOf("createdAt")], (await tenant.GetContact(contact.Id)).Texts("lastName", "phoneNumber", "createdAt"));
    }

    [Theory]
    [InlineData("firstName", "null")]
    [InlineData("firstName", "\" \"")]
    [InlineData("firstName", "5")]
    [InlineData("email", "null")]
    [InlineData("email", "\"\"")]
    [InlineData("lastName", "{}")]
    [InlineData("avatarUrl", "\"x\"")]
    [InlineData("accountIds", "\"x\"")]
    [InlineData("accountIds", "[null]", "accountIds[0]")]
    [InlineData("accountIds", "[5]", "accountIds[0]")]
    [InlineData("metadata", "[]")]
    [InlineData("customFieldValues", "{}")]
    public async Task Member_ThatIsWrong_IsNamedOnCreateAndUpdate(string member, string value, string? field = null)
    {
        var tenant = await server.CreateTenantAsync();
        var contact = await tenant.CreateContact();
        var others = Contact().Where(kept => kept.Key != member).Select(kept => $"\"{kept.Key}\":{kept.Value!.ToJsonString()}");

        (await tenant.Client.Post(ContactsPath, $"{{{string.Join(',', others.Append($"\"{member}\":{value}"))}}}"))
            .ExpectProblem(field ?? member);
        (await tenant.PutContact(contact.Id, $"{{\"{member}\":{value}}}")).ExpectProblem(field ?? member);

        Assert.Equal($"[{contact.Text}]", (await tenant.Client.Get(ContactsPath)).Text);
    }

    [Fact]
    public async Task CustomFieldValues_OfContacts_AreChecked()
    {
        var tenant = await server.CreateTenantAsync();
        var mandatory = (
            await tenant.CreateFieldAsync(
                new { source = "customer_contact", fieldType = "integer", mandatoryOnCreation = true })).Text("uid");
        var ofAccounts = (await tenant.CreateFieldAsync()).Text("uid");

        (await tenant.PostContact()).ExpectProblem("customFieldValues");
        (await tenant.PostContact(new { customFieldValues = Values(mandatory, "5") })).ExpectProblem("customFieldValues[0].data");
        (await tenant.PostContact(new { customFieldValues = Values(mandatory, 5).Concat(Values(ofAccounts, "x")) })).Expect(400);
        (await tenant.PostContact(new { customFieldValues = Values(mandatory, 5).Concat(Values(Given.UnknownId, "x")) }))
            .ExpectError(404, "Custom field not found!");
        (await tenant.PostContacts([new { email = NewEmail() }])).ExpectProblem("contacts[0].customFieldValues");
        (await tenant.Ingest([new { email = NewEmail() }])).Expect(200);
        var contact = await tenant.CreateContact(new { customFieldValues = Values(mandatory, 5) });
        Assert.Equal(
            "[]",
            (await tenant.PutContact(contact.Id, new { customFieldValues = Array.Empty<object>() }))
                .Expect(200)
                .RawOf("customFieldValues"));
    }

    [Fact]
    public async Task Delete_OfAnAccount_UnlinksItsContacts()
    {
        var tenant = await server.CreateTenantAsync();
        string[] accounts = [(await tenant.CreateAccountAsync()).Id, (await tenant.CreateAccountAsync()).Id];
        var contact = await tenant.CreateContact(new { accountIds = accounts });

        (await tenant.Client.Delete($"/v1/accounts/{accounts[0]}")).Expect(200);

        Assert.Equal([accounts[1]], (await tenant.GetContact(contact.Id)).LinkedIds());
        Assert.Equal([accounts[1]], (await tenant.FindContact(contact.TextOf("email"))).LinkedIds());
        Assert.Equal("[]", (await tenant.Client.Get($"{ContactsPath}?accountId={accounts[0]}")).Text);
        (await tenant.PutContact(contact.Id, new { accountIds = accounts })).ExpectError(404, "Account not found!");
    }

    [Fact]
    public async Task List_WithFilters_ShowsWhatMatchesNewestFirst()
    {
        var tenant = await server.CreateTenantAsync();
        var account = (await tenant.CreateAccountAsync()).Id;
        string[] ids =
        [
            (await tenant.CreateContact(new { accountIds = new[] { account } }))
                .Id, (await tenant.CreateContact(new { contactType = "LEGAL" }))
                .Id,
            (await tenant.CreateContact(new { accountIds = new[] { account }, contactType = "LEGAL" })).Id,
        ];
        var legal = (await tenant.FindValueAsync("contact_type", "LEGAL")).Text("id");

        foreach (var (query, expected) in ((string, string[])[])[
            ("", [ids[2], ids[1], ids[0]]), (
                $"accountId={account}",
                [ids[2], ids[0]]), ("contactType=legal", [ids[2], ids[1]]), ($"contactType={legal}", [ids[2], ids[1]]),
            ($"contactType=PRIMARY&accountId={account}", [ids[0]]), ("limit=1&page=2.0", [ids[1]]), ("contactType=nothing", []),
            ("accountId=nothing", []), ($"accountId={Given.UnknownId}", []),
            ("page=9", [])])
        {
            Assert.Equal(expected, (await tenant.Client.Get($"{ContactsPath}?{query}")).Expect(200).Each("id"));
        }

        Assert.Equal(
            "2", (await tenant.Client.Get($"{ContactsPath}?accountId={account}&includeTotal=true&limit=1")).Headers["X-Total-Count"]);
        foreach (var query in (string[])["page=0", "limit=0", "limit=101", "page=x", "limit=1.5"])
        {
            (await tenant.Client.Get($"{ContactsPath}?{query}")).Expect(400);
        }
    }

    [Fact]
    public async Task FilterByIds_WithRepeatedAndUnknown_KeepsTheOrderAsked()
    {
        var tenant = await server.CreateTenantAsync();
        string[] ids = [(await tenant.CreateContact()).Id, (await tenant.CreateContact()).Id, (await tenant.CreateContact()).Id];

        var found = await tenant.GetContacts(ids[1], Given.UnknownId, ids[2], "nonsense", ids[1], ids[0]);

        Assert.Equal([ids[1], ids[2], ids[0]], found.Select((JsonElement contact) => contact.Text("id")));
        (await tenant.Client.Post($"{ContactsPath}/filter/ids", new { ids = Array.Empty<string>() })).ExpectProblem("ids");
        (await tenant.Client.Post($"{ContactsPath}/filter/ids", new { })).ExpectProblem("ids");
        (await tenant.Client.Post($"{ContactsPath}/filter/ids", new { ids = Enumerable.Repeat("x", 1_001) })).ExpectProblem("ids");
    }

    [Fact]
    public async Task Search_ForAnAddress_FindsItInAnyCaseAndNoPartOfIt()
    {
        var tenant = await server.CreateTenantAsync();
        var contact = await tenant.CreateContact(new { email = "Ada+x@Acme.com" });

        Assert.Equal(contact.Text, (await tenant.FindContact("aDA+X@ACME.com")).GetRawText());
        Assert.Equal("[]", (await tenant.SearchContacts("da+x@acme.com")).Expect(200).Text);
        Assert.Equal("[]", (await tenant.SearchContacts("acme")).Expect(200).Text);
        (await tenant.Client.Get($"{ContactsPath}/search")).Expect(400);
        (await tenant.Client.Get($"{ContactsPath}/search?email=")).Expect(400);
    }

    [Fact]
    public async Task TypeInUse_WhenDeleted_CountsOrMovesItsContactsToTheDefault()
    {
        var tenant = await server.CreateTenantAsync();
        var contacts = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => tenant.CreateContact(new { contactType = "LEGAL" })));
        (await tenant.DeleteContact(contacts[2].Id)).Expect(200);
        var path = $"/v1/accounts/attributes/{(await tenant.FindValueAsync("contact_type", "LEGAL")).Text("id")}";

        Assert.Equal(2, (await tenant.Client.Delete(path)).ExpectError(409, "Attribute value is in use!")["usageCount"].GetInt32());
        (await tenant.Client.Delete($"{path}?forceDelete=true")).Expect(200);

        Assert.All(
            await tenant.GetContacts(contacts[0].Id, contacts[1].Id), contact => Assert.Equal("PRIMARY", contact.Text("contactType")));
    }

    [Fact]
    public async Task AddExistingUsers_OnEveryRoute_LinksByPrimaryAndSecondaryDomain()
    {
        var tenant = await server.CreateTenantAsync();
        foreach (
            var email in (string[])["a@acme.com", "b@www.Acme.com", "c@acme.org", "d@mail.acme.com", "e@xacme.com", "f@bücher.example"])
        {
            await tenant.CreateContact(new { email });
        }

        object more = new { primaryDomain = "acme.com", secondaryDomain = "www.acme.org", addExistingUsersToAccountContacts = true };
        var created = await tenant.CreateAccountAsync(more);
        await ExpectLinkedAsync(tenant, created.Id, ["a@acme.com", "b@www.Acme.com", "c@acme.org"]);
        (await tenant.Client.Delete($"/v1/accounts/{created.Id}")).Expect(200);

        var plain = Given.Account(new { primaryDomain = "xacme.com" });
        var bulk = (await tenant.Client.Post("/v1/accounts/bulk", new { accounts = new[] { Given.Account(more), plain } }))
            .Expect(201)["results"];
        await ExpectLinkedAsync(tenant, bulk[0].Text("id"), ["a@acme.com", "b@www.Acme.com", "c@acme.org"]);
        await ExpectLinkedAsync(tenant, bulk[1].Text("id"), []);

        (
            await tenant.Client.Put(
                $"/v1/accounts/{bulk[1].Text("id")}",
                new { secondaryDomain = "bücher.example", addExistingUsersToAccountContacts = true })).Expect(200);
        await ExpectLinkedAsync(tenant, bulk[1].Text("id"), ["e@xacme.com", "f@bücher.example"]);
        (
            await tenant.Client.Put(
                $"/v1/accounts/{bulk[1].Text("id")}",
                new { secondaryDomain = (string?)null, addExistingUsersToAccountContacts = true })).Expect(200);
        await ExpectLinkedAsync(tenant, bulk[1].Text("id"), ["e@xacme.com", "f@bücher.example"]);
    }

    private static async Task ExpectLinkedAsync(Tenant tenant, string accountId, string[] emails) => Assert.Equal(
        emails, (await tenant.ListAll($"{ContactsPath}?accountId={accountId}"))
            .Select(contact => contact.Text("email"))
            .Order(StringComparer.Ordinal));

    private static IEnumerable<object> Values(string customFieldId, object data) => [new { customFieldId, data }];
}
