using System.Text.Json;

namespace Thena.Accounts.Api.Tests.Contacts;

public sealed class ContactsTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const string EmailExists = "A contact with this email already exists!";

    [Fact]
    public async Task Create_WithWhatItNeeds_AnswersEveryMemberInOrderAndNoneNull()
    {
        var tenant = await server.CreateTenantAsync();

        var contact = (await tenant.Client.Post(Paths.Contacts, new { firstName = " Ada ", email = " Ada@Acme.com " })).Expect(201);

        var type = await tenant.FindAttributeValueAsync("contact_type", "PRIMARY");
        Assert.Equal(
            $$"""
            {"id":"{{contact.Id}}","firstName":"Ada","lastName":"","email":"Ada@Acme.com","phoneNumber":"","avatarUrl":"",
            "accounts":[],"contactTypeId":"{{type.Text("id")}}","contactType":"PRIMARY","customFieldValues":[],"metadata":{},
            "createdAt":"{{contact.TextOf("createdAt")}}","updatedAt":"{{contact.TextOf("createdAt")}}"}
            """.ReplaceLineEndings(""),
            contact.Text);
        Assert.Equal(contact.Text, (await tenant.GetContactAsync(contact.Id)).GetRawText());
        Assert.Equal($"[{contact.Text}]", (await tenant.Client.Get(Paths.Contacts)).Text);
    }

    [Fact]
    public async Task Create_WithEveryMember_KeepsThem()
    {
        var tenant = await server.CreateTenantAsync();
        var account = await tenant.CreateAccountAsync(new { name = "One" });
        var field = (await tenant.CreateCustomFieldAsync(new { source = "customer_contact", fieldType = "integer" })).Text("uid");

        var contact = await tenant.CreateContactAsync(new
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
        Assert.Equal(contact.Text, (await tenant.GetContactAsync(contact.Id)).GetRawText());
    }

    [Fact]
    public async Task Email_InAnyCase_IsUniqueUntilDeleted()
    {
        var tenant = await server.CreateTenantAsync();
        var (contact, other) = (await tenant.CreateContactAsync(new { email = "ada@acme.com" }), await tenant.CreateContactAsync());

        Assert.Equal(
            contact.Id, (await tenant.PostContactAsync(new { email = "ADA@Acme.com" })).ExpectError(409, EmailExists).TextOf("existingId"));
        Assert.Equal(
            contact.Id,
            (await tenant.PutContactAsync(other.Id, new { email = "ADA@Acme.com" })).ExpectError(409, EmailExists).TextOf("existingId"));
        Assert.Equal(
            "Ada@Acme.com", (await tenant.PutContactAsync(contact.Id, new { email = "Ada@Acme.com" })).Expect(200).TextOf("email"));
        Assert.Equal("", (await tenant.DeleteContactAsync(contact.Id)).Expect(200).Text);

        Assert.Equal("ADA@acme.com", (await tenant.PutContactAsync(other.Id, new { email = "ADA@acme.com" })).Expect(200).TextOf("email"));
        (await tenant.DeleteContactAsync(other.Id)).Expect(200);
        await tenant.CreateContactAsync(new { email = "ada@acme.com" });
    }

    [Fact]
    public async Task Delete_OfAContact_MakesItUnknownEverywhere()
    {
        var tenant = await server.CreateTenantAsync();
        var account = await tenant.CreateAccountAsync();
        var contact = await tenant.CreateContactAsync(new { accountIds = new[] { account.Id } });

        (await tenant.DeleteContactAsync(contact.Id)).Expect(200);

        (await tenant.DeleteContactAsync(contact.Id)).ExpectError(404, "Contact not found!");
        (await tenant.PutContactAsync(contact.Id, new { firstName = "X" })).ExpectError(404, "Contact not found!");
        Assert.Empty(await tenant.GetContactsAsync(contact.Id));
        Assert.Equal("[]", (await tenant.SearchContactsAsync(contact.TextOf("email"))).Text);
        Assert.Equal("[]", (await tenant.Client.Get(Paths.Contacts)).Text);
        Assert.Equal("[]", (await tenant.Client.Get($"{Paths.Contacts}?accountId={account.Id}")).Text);
    }

    [Theory]
    [InlineData(Given.UnknownId)]
    [InlineData("nonsense")]
    public async Task Unknown_Contact_IsNotFound(string id)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.PutContactAsync(id, new { firstName = "X" })).ExpectError(404, "Contact not found!");
        (await tenant.DeleteContactAsync(id)).ExpectError(404, "Contact not found!");
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
        var contact = await tenant.CreateContactAsync(new { accountIds = accounts[..2] });

        foreach (var (change, expected) in ((object, string[])[])[
            (new { lastName = "X" }, accounts[..2]), (
                new { accountIds = accounts[1..] },
                accounts[1..]), (new { accountIds = (string[]?)null }, []), (new { accountIds = accounts }, accounts),
            (new { accountIds = Array.Empty<string>() }, [])])
        {
            Assert.Equal(expected, (await tenant.PutContactAsync(contact.Id, change)).Expect(200).Json.LinkedIds());
            Assert.Equal(expected, (await tenant.GetContactAsync(contact.Id)).LinkedIds());
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
        var contact = await tenant.CreateContactAsync(new { accountIds = new[] { account } });

        (await tenant.PutContactAsync(contact.Id, new { firstName = "X", accountIds = new[] { account, id } }))
            .ExpectError(404, "Account not found!");
        (await tenant.PostContactAsync(new { accountIds = new[] { id } })).ExpectError(404, "Account not found!");

        Assert.Equal($"[{contact.Text}]", (await tenant.Client.Get(Paths.Contacts)).Text);
    }

    [Fact]
    public async Task ContactType_ByIdOrValue_IsTakenElseNotFound()
    {
        var tenant = await server.CreateTenantAsync();
        var legal = await tenant.FindAttributeValueIdAsync("contact_type", "LEGAL");
        await tenant.CreateAttributeValueAsync("contact_type", "Usual", new { isDefault = true });
        var status = await tenant.FindAttributeValueIdAsync("account_status", "ACTIVE");

        var contact = await tenant.CreateContactAsync(new { contactType = (string?)null });

        Assert.Equal("Usual", contact.TextOf("contactType"));
        Assert.Equal("LEGAL", (await tenant.PutContactAsync(contact.Id, new { contactType = legal })).Expect(200).TextOf("contactType"));
        Assert.Equal(
            "BILLING", (await tenant.PutContactAsync(contact.Id, new { contactType = " billing " })).Expect(200).TextOf("contactType"));
        foreach (var unknown in (string[])["nothing", Given.UnknownId, status, "ACTIVE"])
        {
            (await tenant.PutContactAsync(contact.Id, new { contactType = unknown })).ExpectError(404, "Contact type not found!");
            (await tenant.PostContactAsync(new { contactType = unknown })).ExpectError(404, "Contact type not found!");
        }

        (await tenant.PutContactAsync(contact.Id, new { contactType = (string?)null })).ExpectProblem("contactType");
        (await tenant.PutContactAsync(contact.Id, new { contactType = "" })).ExpectProblem("contactType");
    }

    [Fact]
    public async Task Update_ThatChangesNothing_KeepsUpdatedAt()
    {
        var tenant = await server.CreateTenantAsync();
        var account = (await tenant.CreateAccountAsync()).Id;
        var contact = await tenant.CreateContactAsync(
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

        Assert.Equal(contact.Text, (await tenant.PutContactAsync(contact.Id, same)).Expect(200).Text);
        Assert.Equal(contact.Text, (await tenant.PutContactAsync(contact.Id, new { })).Expect(200).Text);

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
            var changed = (await tenant.PutContactAsync(contact.Id, change)).Expect(200);
            Assert.True(string.CompareOrdinal(changed.TextOf("updatedAt"), last) > 0, changed.Text);
            last = changed.TextOf("updatedAt");
        }

        Assert.Equal(
            ["", "", contact.TextOf("createdAt")],
            (await tenant.GetContactAsync(contact.Id)).Texts("lastName", "phoneNumber", "createdAt"));
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
        var contact = await tenant.CreateContactAsync();

        (await tenant.Client.Post(Paths.Contacts, Given.WithRaw(Given.Contact(), member, value))).ExpectProblem(field ?? member);
        (await tenant.PutContactAsync(contact.Id, $"{{\"{member}\":{value}}}")).ExpectProblem(field ?? member);

        Assert.Equal($"[{contact.Text}]", (await tenant.Client.Get(Paths.Contacts)).Text);
    }

    [Fact]
    public async Task CustomFieldValues_OfContacts_AreChecked()
    {
        var tenant = await server.CreateTenantAsync();
        var mandatory = (
            await tenant.CreateCustomFieldAsync(
                new { source = "customer_contact", fieldType = "integer", mandatoryOnCreation = true })).Text("uid");
        var ofAccounts = (await tenant.CreateCustomFieldAsync()).Text("uid");

        (await tenant.PostContactAsync()).ExpectProblem("customFieldValues");
        (await tenant.PostContactAsync(new { customFieldValues = Values(mandatory, "5") })).ExpectProblem("customFieldValues[0].data");
        (await tenant.PostContactAsync(new { customFieldValues = Values(mandatory, 5).Concat(Values(ofAccounts, "x")) })).Expect(400);
        (await tenant.PostContactAsync(new { customFieldValues = Values(mandatory, 5).Concat(Values(Given.UnknownId, "x")) }))
            .ExpectError(404, "Custom field not found!");
        (await tenant.PostContactsAsync([new { email = Given.NewEmail() }])).ExpectProblem("contacts[0].customFieldValues");
        (await tenant.PostIngestAsync([new { email = Given.NewEmail() }])).Expect(200);
        var contact = await tenant.CreateContactAsync(new { customFieldValues = Values(mandatory, 5) });
        Assert.Equal(
            "[]",
            (await tenant.PutContactAsync(contact.Id, new { customFieldValues = Array.Empty<object>() }))
                .Expect(200)
                .RawOf("customFieldValues"));
    }

    [Fact]
    public async Task Delete_OfAnAccount_UnlinksItsContacts()
    {
        var tenant = await server.CreateTenantAsync();
        string[] accounts = [(await tenant.CreateAccountAsync()).Id, (await tenant.CreateAccountAsync()).Id];
        var contact = await tenant.CreateContactAsync(new { accountIds = accounts });

        (await tenant.DeleteAccountAsync(accounts[0])).Expect(200);

        Assert.Equal([accounts[1]], (await tenant.GetContactAsync(contact.Id)).LinkedIds());
        Assert.Equal([accounts[1]], (await tenant.FindContactAsync(contact.TextOf("email"))).LinkedIds());
        Assert.Equal("[]", (await tenant.Client.Get($"{Paths.Contacts}?accountId={accounts[0]}")).Text);
        (await tenant.PutContactAsync(contact.Id, new { accountIds = accounts })).ExpectError(404, "Account not found!");
    }

    [Fact]
    public async Task List_WithFilters_ShowsWhatMatchesNewestFirst()
    {
        var tenant = await server.CreateTenantAsync();
        var account = (await tenant.CreateAccountAsync()).Id;
        string[] ids =
        [
            (await tenant.CreateContactAsync(new { accountIds = new[] { account } })).Id,
            (await tenant.CreateContactAsync(new { contactType = "LEGAL" })).Id,
            (await tenant.CreateContactAsync(new { accountIds = new[] { account }, contactType = "LEGAL" })).Id,
        ];
        var legal = await tenant.FindAttributeValueIdAsync("contact_type", "LEGAL");

        foreach (var (query, expected) in ((string, string[])[])[
            ("", [ids[2], ids[1], ids[0]]),
            ($"accountId={account}",
                [ids[2], ids[0]]), ("contactType=legal", [ids[2], ids[1]]), ($"contactType={legal}", [ids[2], ids[1]]),
            ($"contactType=PRIMARY&accountId={account}", [ids[0]]), ("limit=1&page=2.0", [ids[1]]), ("contactType=nothing", []),
            ("accountId=nothing", []), ($"accountId={Given.UnknownId}", []),
            ("page=9", [])])
        {
            Assert.Equal(expected, (await tenant.Client.Get($"{Paths.Contacts}?{query}")).Expect(200).Each("id"));
        }

        Assert.Equal(
            "2", (await tenant.Client.Get($"{Paths.Contacts}?accountId={account}&includeTotal=true&limit=1")).Headers["X-Total-Count"]);
        foreach (var query in (string[])["page=0", "limit=0", "limit=101", "page=x", "limit=1.5"])
        {
            (await tenant.Client.Get($"{Paths.Contacts}?{query}")).Expect(400);
        }
    }

    [Fact]
    public async Task FilterByIds_WithRepeatedAndUnknown_KeepsTheOrderAsked()
    {
        var tenant = await server.CreateTenantAsync();
        string[] ids =
        [
            (await tenant.CreateContactAsync()).Id,
            (await tenant.CreateContactAsync()).Id,
            (await tenant.CreateContactAsync()).Id,
        ];

        var found = await tenant.GetContactsAsync(ids[1], Given.UnknownId, ids[2], "nonsense", ids[1], ids[0]);

        Assert.Equal([ids[1], ids[2], ids[0]], found.Select((JsonElement contact) => contact.Text("id")));
        (await tenant.Client.Post($"{Paths.Contacts}/filter/ids", new { ids = Array.Empty<string>() })).ExpectProblem("ids");
        (await tenant.Client.Post($"{Paths.Contacts}/filter/ids", new { })).ExpectProblem("ids");
        (await tenant.Client.Post($"{Paths.Contacts}/filter/ids", new { ids = Enumerable.Repeat("x", 1_001) })).ExpectProblem("ids");
    }

    [Fact]
    public async Task Search_ForAnAddress_FindsItInAnyCaseAndNoPartOfIt()
    {
        var tenant = await server.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync(new { email = "Ada+x@Acme.com" });

        Assert.Equal(contact.Text, (await tenant.FindContactAsync("aDA+X@ACME.com")).GetRawText());
        Assert.Equal("[]", (await tenant.SearchContactsAsync("da+x@acme.com")).Text);
        Assert.Equal("[]", (await tenant.SearchContactsAsync("acme")).Text);
        (await tenant.Client.Get($"{Paths.Contacts}/search")).Expect(400);
        (await tenant.Client.Get($"{Paths.Contacts}/search?email=")).Expect(400);
    }

    [Fact]
    public async Task TypeInUse_WhenDeleted_CountsOrMovesItsContactsToTheDefault()
    {
        var tenant = await server.CreateTenantAsync();
        var contacts = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => tenant.CreateContactAsync(new { contactType = "LEGAL" })));
        (await tenant.DeleteContactAsync(contacts[2].Id)).Expect(200);
        var legal = await tenant.FindAttributeValueIdAsync("contact_type", "LEGAL");

        var refused = (await tenant.DeleteAttributeValueAsync(legal)).ExpectError(409, "Attribute value is in use!");
        Assert.Equal(2, refused["usageCount"].GetInt32());
        (await tenant.DeleteAttributeValueAsync(legal, forceDelete: true)).Expect(200);

        Assert.All(
            await tenant.GetContactsAsync(contacts[0].Id, contacts[1].Id), contact => Assert.Equal("PRIMARY", contact.Text("contactType")));
    }

    [Fact]
    public async Task AddExistingUsers_OnEveryRoute_LinksByPrimaryAndSecondaryDomain()
    {
        var tenant = await server.CreateTenantAsync();
        foreach (
            var email in (string[])["a@acme.com", "b@www.Acme.com", "c@acme.org", "d@mail.acme.com", "e@xacme.com", "f@bücher.example"])
        {
            await tenant.CreateContactAsync(new { email });
        }

        object more = new { primaryDomain = "acme.com", secondaryDomain = "www.acme.org", addExistingUsersToAccountContacts = true };
        var created = await tenant.CreateAccountAsync(more);
        await ExpectLinkedAsync(tenant, created.Id, ["a@acme.com", "b@www.Acme.com", "c@acme.org"]);
        (await tenant.DeleteAccountAsync(created.Id)).Expect(200);

        var plain = Given.Account(new { primaryDomain = "xacme.com" });
        var bulk = (await tenant.PostAccountsAsync([Given.Account(more), plain])).Expect(201)["results"];
        await ExpectLinkedAsync(tenant, bulk[0].Text("id"), ["a@acme.com", "b@www.Acme.com", "c@acme.org"]);
        await ExpectLinkedAsync(tenant, bulk[1].Text("id"), []);

        (await tenant.PutAccountAsync(
            bulk[1].Text("id"), new { secondaryDomain = "bücher.example", addExistingUsersToAccountContacts = true })).Expect(200);
        await ExpectLinkedAsync(tenant, bulk[1].Text("id"), ["e@xacme.com", "f@bücher.example"]);
        (await tenant.PutAccountAsync(
            bulk[1].Text("id"), new { secondaryDomain = (string?)null, addExistingUsersToAccountContacts = true })).Expect(200);
        await ExpectLinkedAsync(tenant, bulk[1].Text("id"), ["e@xacme.com", "f@bücher.example"]);
    }

    private static async Task ExpectLinkedAsync(Tenant tenant, string accountId, string[] emails) => Assert.Equal(
        emails, (await tenant.ListAllAsync($"{Paths.Contacts}?accountId={accountId}"))
            .Select(contact => contact.Text("email"))
            .Order(StringComparer.Ordinal));

    private static IEnumerable<object> Values(string customFieldId, object data) => [new { customFieldId, data }];
}
