using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace Thena.Accounts.Api.Tests.Contacts;

public sealed class BulkCreateContactsTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    [Fact]
    public async Task Bulk_WithNewExistingAndRepeatedEmails_CreatesEachOnceAndLinksNoSkipped()
    {
        var tenant = await server.CreateTenantAsync();
        var existing = await tenant.CreateContactAsync(new { email = "old@acme.com" });
        string[] accounts = [(await tenant.CreateAccountAsync()).Id, (await tenant.CreateAccountAsync()).Id];

        var answer = (await tenant.PostContactsAsync(
            [
                new
                {
                    email = "john.doe@acme.com",
                    phone = "+1 555 123 4567",
                    accountId = accounts[1],
                }, new { email = "OLD@acme.com", firstName = "New" },
                new
                {
                    email = "John.Doe@ACME.com",
                    firstName = "Twice",
                }, new { email = "b@acme.com", firstName = "B", contactType = "LEGAL", phoneNumber = "+15551234567" },
            ],
            new { accountIds = accounts[..1], contactType = "billing" })).Expect(201);

        var results = answer["results"];
        Assert.Equal(
            $$"""
            {"total":4,"created":2,"skipped":2,"results":[{"index":0,"id":"{{results[0].Text("id")}}","status":"created"},
            {"index":1,"id":"{{existing.Id}}","status":"skipped"},{"index":2,"id":"{{results[0].Text("id")}}",
            "status":"skipped"},{"index":3,"id":"{{results[3].Text("id")}}","status":"created"}]}
            """.ReplaceLineEndings(""),
            answer.Text);
        var (first, last) = (await tenant.GetContactAsync(results[0].Text("id")), await tenant.GetContactAsync(results[3].Text("id")));
        Assert.Equal(
            ["john.doe", "john.doe@acme.com", "+1 555 123 4567", "BILLING"],
            first.Texts("firstName", "email", "phoneNumber", "contactType"));
        Assert.Equal(accounts, first.LinkedIds());
        Assert.Equal(["B", "b@acme.com", "+15551234567", "LEGAL"], last.Texts("firstName", "email", "phoneNumber", "contactType"));
        Assert.Equal(accounts[..1], last.LinkedIds());
        Assert.Equal(existing.Text, (await tenant.GetContactAsync(existing.Id)).GetRawText());
        Assert.Equal(200, (int)(await tenant.PostContactsAsync([new { email = "old@acme.com" }])).Expect(200).Status);
    }

    [Fact]
    public async Task Bulk_WithABareAccountId_TakesIt()
    {
        var tenant = await server.CreateTenantAsync();
        var account = (await tenant.CreateAccountAsync()).Id;

        var id = (await tenant.PostContactsAsync([new { email = Given.NewEmail() }], new { accountIds = account }))
            .Expect(201)["results"][0]
            .Text("id");

        Assert.Equal([account], (await tenant.GetContactAsync(id)).LinkedIds());
    }

    [Fact]
    public async Task Bulk_WithASource_KeepsItAndLeavesTheMetadata()
    {
        var tenant = await server.CreateTenantAsync();

        var id = (await tenant.PostContactsAsync([new { email = Given.NewEmail(), metadata = new { a = 1 } }], new { source = "Slack" }))
            .Expect(201)["results"][0]
            .Text("id");

        Assert.Equal("""{"a":1}""", (await tenant.GetContactAsync(id)).GetProperty("metadata").GetRawText());
        await using var dataSource = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = dataSource.CreateCommand("select source from contacts where id = $1");
        command.Parameters.AddWithValue(Ulid.Parse(id, CultureInfo.InvariantCulture).ToGuid());
        Assert.Equal("Slack", await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Bulk_WithAnEmptyList_SaysThatThereIsNothingToCreate() =>
        (await (await server.CreateTenantAsync()).PostContactsAsync([])).ExpectError(400, "No contacts to create");

    [Theory]
    [InlineData("""{"accountIds":["01JZZZZZZZZZZZZZZZZZZZZZZZ"]}""", "{}", "Account not found")]
    [InlineData("""{"accountIds":"nonsense"}""", "{}", "Account not found")]
    [InlineData("{}", """{"accountId":"nonsense"}""", "Account not found")]
    [InlineData("""{"contactType":"nothing"}""", "{}", "Contact type not found!")]
    [InlineData("{}", """{"contactType":"nothing"}""", "Contact type not found!")]
    [InlineData("{}", """{"customFieldValues":[{"customFieldId":"nothing","data":1}]}""", "Custom field not found!")]
    public async Task Bulk_WithAReferenceThatNamesNothing_IsNotFoundAndWritesNothing(string more, string item, string message)
    {
        var tenant = await server.CreateTenantAsync();
        var bad = Given.Merge(new { email = Given.NewEmail() }, JsonElement.Parse(item));

        (await tenant.PostContactsAsync([new { email = Given.NewEmail() }, bad], JsonElement.Parse(more))).ExpectError(404, message);
        (await tenant.PostContactsAsync([new { email = "bad" }, bad], JsonElement.Parse(more))).ExpectProblem("contacts[0].email");

        Assert.Equal("[]", (await tenant.Client.Get(Paths.Contacts)).Text);
    }

    [Fact]
    public async Task Bulk_OfFiveThousandWithThreeBad_NamesExactlyThoseAndWritesNothing()
    {
        var tenant = await server.CreateTenantAsync();
        var contacts = Enumerable.Range(0, 5_000).Select(index => index switch
        {
            7 => (object)new { email = 5 },
            2_500 => new { email = " " },
            4_999 => new { email = "bad" },
            _ => new { email = string.Create(CultureInfo.InvariantCulture, $"p{index}@acme.com") },
        }).ToList();

        var answer = await tenant.PostContactsAsync(contacts);

        Assert.Equal(
            ["contacts[2500].email", "contacts[4999].email", "contacts[7].email"], answer.ProblemFields().Order(StringComparer.Ordinal));
        Assert.Equal("[]", (await tenant.Client.Get(Paths.Contacts)).Text);
        Assert.Equal(
            4_997,
            (await tenant.PostContactsAsync(contacts.Where((_, index) => index is not (7 or 2_500 or 4_999))))
                .Expect(201)["created"]
                .GetInt32());
        (await tenant.PostContactsAsync(Enumerable.Range(0, 5_001).Select(_ => new { email = "a@acme.com" }))).ExpectProblem("contacts");
    }
}
