using System.Globalization;
using System.Text.Json;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.Tests.Contacts;

public sealed class IngestUsersTests(SharedServer server) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Ingest_OfTheDocumentedSample_AnswersInTheDocumentedShape()
    {
        var tenant = await server.CreateTenantAsync();

        var answer = (await tenant.Client.Post(
            $"{Paths.Contacts}/ingest",
            """
            {"users":[{"firstName":"John","lastName":"Doe","email":"john.doe@example.com"}],
            "sinkSource":"SLACK","logo":"https://example.com/l.png"}
            """)).Expect(200);

        var contact = await tenant.FindContactAsync("john.doe@example.com");
        var (createdAt, updatedAt) = (contact.Text("createdAt"), contact.Text("updatedAt"));
        Assert.Equal(
            $$"""
            {"statusCode":200,"message":"Users ingested successfully!","data":[{"uid":"{{contact.Text("id")}}",
            "firstName":"John","lastName":"Doe","email":"john.doe@example.com","phoneNumber":"","avatarUrl":"",
            "contactType":"PRIMARY","createdAt":"{{createdAt}}","updatedAt":"{{updatedAt}}"}]}
            """.ReplaceLineEndings(""),
            answer.Text);
        Assert.Matches("^[0-9-]{10}T[0-9:]{8}[.][0-9]{3}Z$", createdAt);
        await tenant.ExpectEachOnceAndLinkedAsync(["john.doe@example.com"]);
    }

    [Fact]
    public async Task Ingest_OfTheSameAgain_ChangesNothing()
    {
        var tenant = await server.CreateTenantAsync();
        object[] users =
        [
            new
            {
                email = "A@acme.com",
                firstName = "Ada",
                lastName = "L",
                phoneNumber = "+1 555 123 4567",
                avatarUrl = "https://a.example/x",
                contactType = "LEGAL",
                metadata = new { a = 1 },
            },
            new { email = "b@acme.com" },
            new { email = "c@gmail.com", firstName = "" },
        ];
        var first = (await tenant.PostIngestAsync(users)).Expect(200);
        var before = await SnapshotAsync(tenant);
        await Task.Delay(20, TestContext.Current.CancellationToken);

        var second = (await tenant.PostIngestAsync(users, new { sinkSource = "ZENDESK", logo = "https://other.example/l" })).Expect(200);

        Assert.Equal(first.Text, second.Text);
        Assert.Equal(before, await SnapshotAsync(tenant));
    }

    [Fact]
    public async Task Ingest_OfAKnownPerson_FillsWhatIsEmptyAndKeepsTheRest()
    {
        var tenant = await server.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync(
            new { firstName = "Ada", lastName = "Lovelace", contactType = "BILLING", metadata = new { kept = true } });

        var row = (await tenant.PostIngestAsync([new
        {
            email = contact.TextOf("email").ToUpperInvariant(), firstName = "Other", lastName = "Other", contactType = "LEGAL",
            phoneNumber = "+49 (30) 1234567", avatarUrl = "https://a.example/x", metadata = new { other = true },
        }])).Expect(200)["data"][0];

        var now = await tenant.GetContactAsync(contact.Id);
        Assert.Equal(contact.Id, row.Text("uid"));
        Assert.Equal(
            ["Ada", "Lovelace", contact.TextOf("email"), "+49 (30) 1234567", "https://a.example/x", "BILLING"],
            now.Texts("firstName", "lastName", "email", "phoneNumber", "avatarUrl", "contactType"));
        Assert.Equal("""{"kept":true}""", now.GetProperty("metadata").GetRawText());
        Assert.Equal(now.Text("updatedAt"), row.Text("updatedAt"));
        Assert.True(string.CompareOrdinal(now.Text("updatedAt"), contact.TextOf("updatedAt")) > 0);
        Assert.Single(now.LinkedIds());
    }

    [Fact]
    public async Task Ingest_OfAnAddressThatIsLongerWhenItIsNormalized_LinksItsAccount()
    {
        var tenant = await server.CreateTenantAsync();
        var email = $"{new string('\u0958', 40)}@long.example";

        (await tenant.PostIngestAsync([new { email }])).Expect(200);

        await tenant.ExpectEachOnceAndLinkedAsync([email]);
    }

    [Fact]
    public async Task Ingest_WithMetadataForAKnownPersonWithout_FillsIt()
    {
        var tenant = await server.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync();

        (await tenant.PostIngestAsync([new { email = contact.TextOf("email"), metadata = new { a = 1 } }])).Expect(200);

        Assert.Equal("""{"a":1}""", (await tenant.GetContactAsync(contact.Id)).GetProperty("metadata").GetRawText());
    }

    [Fact]
    public async Task Ingest_OfADomainThatTwoAccountsHave_LinksThePrimary()
    {
        var tenant = await server.CreateTenantAsync();
        var secondary = await tenant.CreateAccountAsync(new { primaryDomain = "other.com", secondaryDomain = "acme.com" });
        var primary = await tenant.CreateAccountAsync(new { primaryDomain = "acme.com" });
        var only = await tenant.CreateAccountAsync(new { primaryDomain = "third.com", secondaryDomain = "fourth.com" });

        (
            await tenant.PostIngestAsync(
                [
                    new { email = "a@acme.com" },
                    new { email = "b@www.ACME.com" },
                    new { email = "c@fourth.com" },
                    new { email = "d@other.com" },
                ])).Expect(200);

        Assert.Equal([primary.Id], (await tenant.FindContactAsync("a@acme.com")).LinkedIds());
        Assert.Equal([primary.Id], (await tenant.FindContactAsync("b@www.acme.com")).LinkedIds());
        Assert.Equal([only.Id], (await tenant.FindContactAsync("c@fourth.com")).LinkedIds());
        Assert.Equal([secondary.Id], (await tenant.FindContactAsync("d@other.com")).LinkedIds());
        Assert.Equal(3, (await tenant.ListAllAsync(Paths.Accounts)).Count);
    }

    [Fact]
    public async Task Ingest_OfALinkedPersonUnlinkedByHand_LinksAgainAndKeepsOtherLinks()
    {
        var tenant = await server.CreateTenantAsync();
        var other = await tenant.CreateAccountAsync();
        var contact = await tenant.CreateContactAsync(new { accountIds = new[] { other.Id } });

        (await tenant.PostIngestAsync([new { email = contact.TextOf("email") }])).Expect(200);

        var links = (await tenant.GetContactAsync(contact.Id)).LinkedIds();
        Assert.Equal(2, links.Length);
        Assert.Contains(other.Id, links);
    }

    [Theory]
    [InlineData("acme-corp.com", "Acme Corp", "acme-corp.com")]
    [InlineData("acme-corp.co.uk", "Acme Corp", "acme-corp.co.uk")]
    [InlineData("mail.acme.com", "Acme", "mail.acme.com")]
    [InlineData("xn--bcher-kva.example", "Bücher", "xn--bcher-kva.example")]
    [InlineData("bücher.example", "Bücher", "xn--bcher-kva.example")]
    public async Task Ingest_OfAnUnknownDomain_CreatesItsAccount(string domain, string name, string stored)
    {
        var tenant = await server.CreateTenantAsync();
        await tenant.CreateAttributeValueAsync("account_health", "Usual", new { isDefault = true });

        (
            await tenant.PostIngestAsync(
                [new { email = $"a@{domain}" }, new { email = $"b@{domain}" }],
                new { sinkSource = "INTERCOM", logo = "https://l.example/l.png" })).Expect(200);

        var account = Assert.Single(await tenant.ListAllAsync(Paths.Accounts));
        Assert.Equal(
            [name, stored, "intercom", "https://l.example/l.png", "Usual"],
            account.Texts("name", "primaryDomain", "source", "logo", "health"));
        Assert.Equal("", account.Text("status"));
        Assert.Equal(account.GetRawText(), (await tenant.GetAccountAsync(account.Text("id"))).Text);
        Assert.All(await tenant.ListAllAsync(Paths.Contacts), contact => Assert.Equal([account.Text("id")], contact.LinkedIds()));
    }

    [Fact]
    public async Task Ingest_WithTheOtherSpellingOfTheLogo_TakesIt()
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.PostIngestAsync([new { email = "a@acme.com" }], new { logoUrl = "https://l.example/u.png" })).Expect(200);

        Assert.Equal("https://l.example/u.png", Assert.Single(await tenant.ListAllAsync(Paths.Accounts)).Text("logo"));
    }

    [Theory]
    [InlineData("gmail.com")]
    [InlineData("Outlook.com")]
    [InlineData("qq.com")]
    public async Task Ingest_OfAPublicMailbox_CreatesNoAccount(string domain)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.PostIngestAsync([new { email = $"a@{domain}" }])).Expect(200);

        Assert.Empty((await tenant.FindContactAsync($"a@{domain}")).LinkedIds());
        Assert.Equal("[]", (await tenant.Client.Get("/v1/accounts")).Text);
    }

    [Fact]
    public async Task Ingest_ByAFreeOrganization_CreatesContactsOnly()
    {
        var tenant = await server.CreateTenantAsync(OrganizationTier.Free);
        var people = Enumerable.Range(0, 3).Select(index => new { email = $"a@f{index}.example" });

        Assert.Equal(3, (await tenant.PostIngestAsync(people)).Expect(200)["data"].GetArrayLength());

        Assert.All(await tenant.ListAllAsync(Paths.Contacts), contact => Assert.Empty(contact.LinkedIds()));
        (await tenant.Client.Get("/v1/accounts")).Expect(403);
    }

    [Fact]
    public async Task Ingest_OfOneEmailTwice_LetsTheFirstWinAndTheLaterFill()
    {
        var tenant = await server.CreateTenantAsync();

        var data = (await tenant.PostIngestAsync(
        [
            new { email = "Ada@Acme.com", lastName = "First" },
            new { email = "b@acme.com", firstName = "B" },
            new { email = "ADA@acme.COM", firstName = "Second", lastName = "Second", phoneNumber = "+15551234567", contactType = "LEGAL" },
        ])).Expect(200)["data"];

        Assert.Equal(["Ada@Acme.com", "b@acme.com"], data.EnumerateArray().Select(row => row.Text("email")));
        Assert.Equal(["Second", "First", "+15551234567", "LEGAL"], data[0].Texts("firstName", "lastName", "phoneNumber", "contactType"));
        Assert.Equal(2, (await tenant.ListAllAsync(Paths.Contacts)).Count);
    }

    [Fact]
    public async Task Ingest_WithoutAFirstName_TakesThePartBeforeTheAt()
    {
        var tenant = await server.CreateTenantAsync();

        var answer = (await tenant.PostIngestAsync([new { email = "john.doe+tag@acme.com", firstName = " " }])).Expect(200);

        Assert.Equal("john.doe+tag", answer["data"][0].Text("firstName"));
    }

    [Fact]
    public async Task Ingest_WithBadRows_NamesThemAllAndWritesNothing()
    {
        var tenant = await server.CreateTenantAsync();

        var answer = await tenant.PostIngestAsync(
            [
                new { email = "a@acme.com" },
                new { email = 5 },
                new { email = " " },
                new { email = "bad" },
                null,
                new { email = "b@acme.com", phoneNumber = "555" },
                new { firstName = "X" },
            ]);

        Assert.Equal(
            ["users[1].email", "users[2].email", "users[3].email", "users[4]", "users[5].phoneNumber", "users[6].email"],
            answer.ProblemFields().Order(StringComparer.Ordinal));
        await ExpectNothingWrittenAsync(tenant);
    }

    [Fact]
    public async Task Ingest_WithAnUnknownContactType_IsNotFoundAndWritesNothing()
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.PostIngestAsync([new { email = "a@acme.com" }, new { email = "b@acme.com", contactType = "nothing" }]))
            .ExpectError(404, "Contact type not found!");

        await ExpectNothingWrittenAsync(tenant);
    }

    [Theory]
    [InlineData("""{"sinkSource":"SLACK"}""", "users")]
    [InlineData("""{"sinkSource":"SLACK","users":[]}""", "users")]
    [InlineData("""{"sinkSource":"SLACK","users":"x"}""", "users")]
    [InlineData("""{"users":[{"email":"a@acme.com"}]}""", "sinkSource")]
    [InlineData("""{"users":[{"email":"a@acme.com"}],"sinkSource":null}""", "sinkSource")]
    [InlineData("""{"users":[{"email":"a@acme.com"}],"sinkSource":""}""", "sinkSource")]
    [InlineData("""{"users":[{"email":"a@acme.com"}],"sinkSource":"EMAIL"}""", "sinkSource")]
    [InlineData("""{"users":[{"email":"a@acme.com"}],"sinkSource":5}""", "sinkSource")]
    [InlineData("""{"users":[{"email":"a@acme.com"}],"sinkSource":"SLACK","logo":"x"}""", "logo")]
    [InlineData("""{"users":[{"email":"a@acme.com"}],"sinkSource":"SLACK","logoUrl":"x"}""", "logoUrl")]
    public async Task Ingest_WithABadBody_NamesTheMember(string body, string field)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.Client.Post($"{Paths.Contacts}/ingest", body)).ExpectProblem(field);

        await ExpectNothingWrittenAsync(tenant);
    }

    [Theory]
    [InlineData("MANUAL")]
    [InlineData("SLACK")]
    [InlineData("TEAMS")]
    [InlineData("INTERCOM")]
    [InlineData("ZENDESK")]
    public async Task Ingest_FromEverySink_NamesItAsTheSource(string sinkSource)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.PostIngestAsync([new { email = "a@acme.com" }], new { sinkSource })).Expect(200);

        Assert.Equal(sinkSource, Assert.Single(await tenant.ListAllAsync(Paths.Accounts)).Text("source").ToUpperInvariant());
        Assert.Equal(sinkSource.ToLowerInvariant(), Assert.Single(await tenant.ListAllAsync(Paths.Accounts)).Text("source"));
    }

    [Fact]
    public async Task Ingest_OfFiveThousand_CreatesAllAndNotWithOneMore()
    {
        var tenant = await server.CreateTenantAsync();
        var people = Enumerable.Range(0, 5_001)
            .Select(index => new { email = string.Create(CultureInfo.InvariantCulture, $"p{index}@d{index % 50}.example") })
            .ToList();

        (await tenant.PostIngestAsync(people)).ExpectProblem("users");
        await ExpectNothingWrittenAsync(tenant);
        var answer = (await tenant.PostIngestAsync(people.Take(5_000))).Expect(200);

        Assert.Equal(people.Take(5_000).Select(person => person.email), answer["data"].EnumerateArray().Select(row => row.Text("email")));
        Assert.Equal("5000", (await tenant.Client.Get($"{Paths.Contacts}?includeTotal=true")).Headers["X-Total-Count"]);
        var accounts = await tenant.ListAllAsync(Paths.Accounts);
        Assert.Equal(50, accounts.Count);
        Assert.Equal(
            "100",
            (await tenant.Client.Get($"{Paths.Contacts}?includeTotal=true&accountId={accounts[7].Text("id")}")).Headers["X-Total-Count"]);
    }

    private static async Task ExpectNothingWrittenAsync(Tenant tenant) => Assert.Equal("", await SnapshotAsync(tenant));

    private static async Task<string> SnapshotAsync(Tenant tenant) => string.Join(
        '\n', (await tenant.ListAllAsync(Paths.Accounts))
            .Concat(await tenant.ListAllAsync(Paths.Contacts))
            .Select((JsonElement row) => row.GetRawText()));
}
