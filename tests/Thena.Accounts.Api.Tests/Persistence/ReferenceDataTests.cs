using System.Net;

namespace Thena.Accounts.Api.Tests.Persistence;

/// <summary>
/// Accounts show pick list values, users and custom fields from the memory of the server. Each change shows at once, also on a server that
/// did not make it.
/// </summary>
public sealed class ReferenceDataTests(AccountsServer server, PostgresServer postgres) : IClassFixture<AccountsServer>
{
    [Fact]
    public async Task Change_ByAnotherServer_ShowsInTheNextResponse()
    {
        await using var other = await StartOtherAsync();
        var (tenant, elsewhere) = await CreateTenantOnBothAsync(other);
        var value = (await tenant.CreateAttributeValueAsync("account_industry", "Space")).Id;
        var account = await tenant.CreateAccountAsync(new { industry = value, accountOwnerId = tenant.User.Id });
        await ExpectAsync("industry", "Space");

        (await tenant.PutAttributeValueAsync(value, new { value = "Aerospace", color = "#112233" })).Expect(200);
        await ExpectAsync("industry", "Aerospace");
        Assert.Equal("#112233", (await elsewhere.GetAccountAsync(account.Id))["industryConfiguration"].Text("color"));

        var created = (await tenant.CreateAttributeValueAsync("account_industry", "Rockets")).Id;
        (await tenant.PutAccountAsync(account.Id, new { industry = created })).Expect(200);
        await ExpectAsync("industry", "Rockets");

        (await tenant.DeleteAttributeValueAsync(created, forceDelete: true)).Expect(200);
        await ExpectAsync("industryId", "");

        var user = await server.CreateUserAsync(tenant.OrganizationId, "Grace Hopper");
        (await tenant.PutAccountAsync(account.Id, new { accountOwnerId = user.Id })).Expect(200);
        await ExpectAsync("accountOwner", "Grace Hopper");

        var field = (await tenant.CreateCustomFieldAsync()).Text("uid");
        (await tenant.PutAccountAsync(account.Id, new { customFieldValues = new[] { new { customFieldId = field, data = "gold" } } }))
            .Expect(200);
        Assert.Equal(1, await CountFieldsAsync());

        (await tenant.Client.Post($"{Paths.CustomFields}/delete", new { fields = new[] { new { fieldId = field } } })).Expect(200);
        Assert.Equal(0, await CountFieldsAsync());

        async Task ExpectAsync(string member, string text)
        {
            Assert.Equal(text, (await elsewhere.GetAccountAsync(account.Id))[member].GetString());
            Assert.Equal([text], (await elsewhere.ListAccountsAsync()).Each(member));
        }

        async Task<int> CountFieldsAsync() =>
            (await elsewhere.GetAccountAsync(account.Id))["customFieldValues"].GetArrayLength();
    }

    /// <summary>While values are renamed, every response shows what was current at a moment between its request and its arrival.</summary>
    [Fact]
    public async Task Changes_WhileAnotherServerReads_NeverShowAnOlderValueThanAcknowledged()
    {
        await using var other = await StartOtherAsync();
        var (tenant, elsewhere) = await CreateTenantOnBothAsync(other);
        var value = (await tenant.CreateAttributeValueAsync("account_industry", "0")).Id;
        var account = await tenant.CreateAccountAsync(new { industry = value });
        var (acknowledged, isDone) = (0, false);

        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var reads = 0;
            for (; !Volatile.Read(ref isDone); reads++)
            {
                var least = Volatile.Read(ref acknowledged);
                var shown = int.Parse((await elsewhere.GetAccountAsync(account.Id))["industry"].GetString()!, null);
                Assert.True(shown >= least, $"{shown} was shown after {least} was acknowledged.");
            }

            return reads;
        })).ToList();
        for (var number = 1; number <= 100; number++)
        {
            (await tenant.PutAttributeValueAsync(value, new { value = $"{number}" })).Expect(200);
            Volatile.Write(ref acknowledged, number);
        }

        Volatile.Write(ref isDone, true);

        Assert.All(await Task.WhenAll(readers), reads => Assert.True(reads > 0));
    }

    [Fact]
    public async Task Create_AfterAChangeByAnotherServer_UsesWhatIsCurrent()
    {
        await using var other = await StartOtherAsync();
        var (tenant, elsewhere) = await CreateTenantOnBothAsync(other);
        await elsewhere.CreateAccountAsync();

        var value = (await tenant.CreateAttributeValueAsync("account_industry", "Space")).Id;
        Assert.Equal(value, (await elsewhere.CreateAccountAsync(new { industry = " space " }))["industryId"].GetString());
        (await tenant.PutAttributeValueAsync(value, new { value = "Aerospace" })).Expect(200);
        (await elsewhere.PostAccountAsync(new { industry = "Space" })).ExpectError(404, "Account industry not found!");
        Assert.Equal("Aerospace", (await elsewhere.CreateAccountAsync(new { industry = value }))["industry"].GetString());
        (await tenant.DeleteAttributeValueAsync(value, forceDelete: true)).Expect(200);
        (await elsewhere.PostAccountAsync(new { industry = value })).ExpectError(404, "Account industry not found!");

        var status = (await tenant.CreateAttributeValueAsync("account_status", "New", new { isDefault = true })).Id;
        Assert.Equal(status, (await elsewhere.CreateAccountAsync())["statusId"].GetString());

        (await tenant.PutAttributeValueAsync(status, new { value = "Newest" })).Expect(200);
        var once = new WriteRequest(HttpMethod.Post, Paths.Accounts, Given.Merge(new { name = "Once", primaryDomain = "once.example" }));
        var first = (await elsewhere.Client.Send(once, ("Idempotency-Key", "once"))).Expect(201);
        Assert.Equal("Newest", first["status"].GetString());
        Assert.Equal(first.Text, (await elsewhere.Client.Send(once, ("Idempotency-Key", "once"))).Expect(201).Text);

        var user = await server.CreateUserAsync(tenant.OrganizationId, "Grace Hopper");
        var account = await elsewhere.CreateAccountAsync(new { accountOwnerId = user.Id });
        Assert.Equal("Grace Hopper", account["accountOwner"].GetString());

        var type = (await tenant.CreateAttributeValueAsync("note_type", "Call", new { isDefault = true })).Id;
        var note = await elsewhere.CreateRecordAsync("notes", account.Id, new { content = "Hello" });
        Assert.Equal("Call", note["type"].GetString());
        (await tenant.CreateAttributeValueAsync("contact_type", "Buyer")).Expect(201);
        Assert.Equal("Buyer", (await elsewhere.CreateContactAsync(new { contactType = "Buyer" }))["contactType"].GetString());

        await tenant.CreateCustomFieldAsync(new { name = "Needed", mandatoryOnCreation = true });
        (await elsewhere.PostAccountAsync()).Expect(400);
    }

    /// <summary>A value is deleted while another server creates accounts with it. No account may refer to a deleted value.</summary>
    [Fact]
    public async Task Create_WhileAnotherServerDeletesTheValue_NeverRefersToADeletedValue()
    {
        await using var other = await StartOtherAsync();
        var (tenant, elsewhere) = await CreateTenantOnBothAsync(other);
        var (created, deleted) = (0, 0);
        for (var round = 0; round < 30; round++)
        {
            var value = (await tenant.CreateAttributeValueAsync("account_industry", $"Industry {round}")).Id;
            await elsewhere.CreateAccountAsync();
            var creations = Enumerable.Range(0, 4).Select(_ => elsewhere.PostAccountAsync(new { industry = value })).ToList();
            var deletion = await tenant.DeleteAttributeValueAsync(value, forceDelete: round % 2 == 0);

            Assert.Contains((int)deletion.Status, new[] { 200, 409 });
            deleted += deletion.Status == HttpStatusCode.OK ? 1 : 0;
            foreach (var creation in await Task.WhenAll(creations))
            {
                Assert.Contains((int)creation.Status, new[] { 201, 404 });
                created += creation.Status == HttpStatusCode.Created ? 1 : 0;
            }
        }

        Assert.True(created > 0 && deleted > 0, $"{created} accounts were created, and {deleted} values deleted.");
        Assert.Equal(
            0,
            await server.ReadNumberAsync(
                "select count(*) from accounts a join attribute_values v on v.organization_id = a.organization_id and v.id = a.industry_id "
                + "where v.deleted_at is not null"));
    }

    /// <summary>SQL past the server changes no version, so only the foreign key of the insert shows that the user is gone.</summary>
    [Fact]
    public async Task Create_WithAUserRemovedWithSql_AnswersThatThereIsNone()
    {
        var tenant = await server.CreateTenantAsync();
        var user = await server.CreateUserAsync(tenant.OrganizationId, "Grace Hopper");
        await tenant.CreateAccountAsync();
        await server.ExecuteAsync($"delete from users where id = '{Ulid.Parse(user.Id, null).ToGuid()}'");

        (await tenant.PostAccountAsync(new { accountOwnerId = user.Id })).ExpectError(404, "Account owner not found!");
    }

    [Fact]
    public async Task Accounts_OfAnOrganizationWithTooManyUsersToKeep_ShowTheSame()
    {
        var tenant = await server.CreateTenantAsync();
        var organization = Ulid.Parse(tenant.OrganizationId, null).ToGuid();
        await server.ExecuteAsync(
            $"""
            insert into users (organization_id, id, created_at, updated_at, name, email, email_key)
            select '{organization}', gen_random_uuid(), now(), now(), 'User', n || '@x.example', n || '@x.example'
            from generate_series(1, 20000) n
            """);
        var account = await tenant.CreateAccountAsync(new { accountOwnerId = tenant.User.Id, status = "active" });

        var answer = await tenant.GetAccountAsync(account.Id);

        Assert.Equal(account.Text, answer.Text);
        Assert.Equal((tenant.User.Name, "ACTIVE"), (answer["accountOwner"].GetString(), answer["status"].GetString()));

        // A relationship names its type, and that its inverse.
        var owns = (await tenant.CreateRelationshipTypeAsync("Owns")).Id;
        await tenant.CreateRelationshipTypeAsync("Owned by", owns);
        var other = await tenant.CreateAccountAsync();
        var relationship = (await tenant.PostRelationshipAsync(account.Id, other.Id, owns)).Expect(201);
        Assert.Equal($"[{relationship.Text}]", (await tenant.Client.Get(Paths.Relationships)).Text);
    }

    private async Task<AccountsServer> StartOtherAsync()
    {
        var other = new OtherServer(postgres, server.ConnectionString);
        await other.InitializeAsync();
        return other;
    }

    private async Task<(Tenant Here, Tenant There)> CreateTenantOnBothAsync(AccountsServer other)
    {
        var tenant = await server.CreateTenantAsync();
        return (tenant, tenant with { Client = other.CreateClient(tenant.Key.Key) });
    }

    private sealed class OtherServer(PostgresServer postgres, string connectionString) : AccountsServer(postgres)
    {
        protected override Task<string> CreateDatabaseAsync(PostgresServer server) => Task.FromResult(connectionString);
    }
}
