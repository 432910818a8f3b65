

namespace Thena.Accounts.Api.Tests.Relationships;

public sealed class RelationshipsTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const string Exists = "This relationship already exists!";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Create_ByIdOrName_AnswersTheWholeRelationship(bool byId)
    {
        var tenant = await server.CreateTenantAsync();
        var (account, related) = (
            await tenant.CreateAccountAsync(new { name = "One" }), await tenant.CreateAccountAsync(new { name = "Two" }));
        var type = await tenant.FindRelationshipTypeAsync("Parent");

        var answer = (await tenant.Client.Post(
            Paths.Relationships, new
            {
                accountId = account.Id,
                relatedAccountId = related.Id,
                relationshipType = byId ? type.Text("id") : " pArent ",
                metadata = new { a = 1 },
            })).Expect(201);

        Assert.Equal(
            $$$"""
            {"id":"{{{answer.Id}}}","accountId":"{{{account.Id}}}","account":"One","relatedAccountId":"{{{related.Id}}}",
            "relatedAccount":"Two","relationshipType":{{{type.GetRawText()}}},"createdAt":"{{{answer.TextOf("createdAt")}}}",
            "updatedAt":"{{{answer.TextOf("createdAt")}}}","metadata":{"a":1}}
            """.ReplaceLineEndings(""),
            answer.Text);
        Assert.Equal($"[{answer.Text}]", (await tenant.Client.Get(Paths.Relationships)).Text);
    }

    [Fact]
    public async Task List_ByAccount_MatchesEitherEndNewestFirst()
    {
        var tenant = await server.CreateTenantAsync();
        var accounts = await tenant.CreateAccountsAsync(3);
        string[] ids =
        [
            (await tenant.PostRelationshipAsync(accounts[0], accounts[1], "Parent")).Expect(201).Id,
            (await tenant.PostRelationshipAsync(accounts[2], accounts[0], "Partner")).Expect(201).Id,
            (await tenant.PostRelationshipAsync(accounts[1], accounts[2], "Parent")).Expect(201).Id,
        ];
        var parent = await tenant.FindRelationshipTypeIdAsync("Parent");

        foreach (var (query, expected) in ((string, string[])[])[
            ("", [ids[2], ids[1], ids[0]]), ($"accountId={accounts[0]}", [ids[1], ids[0]]), ($"accountId={accounts[1]}", [ids[2], ids[0]]),
            ($"relationshipTypeId={parent}", [ids[2], ids[0]]),
            (
                $"accountId={accounts[0]}&relationshipTypeId={parent}",
                [ids[0]]), ("limit=1&page=2", [ids[1]]), ($"accountId={Given.UnknownId}", []), ("accountId=nonsense", []),
            ("relationshipTypeId=nonsense", [])])
        {
            Assert.Equal(expected, (await tenant.Client.Get($"{Paths.Relationships}?{query}")).Expect(200).Each("id"));
        }
    }

    [Theory]
    [InlineData("Parent", false, "Parent")]
    [InlineData("Parent", true, "Subsidiary")]
    [InlineData("Subsidiary", true, "Parent")]
    [InlineData("Partner", false, "Partner")]
    [InlineData("Partner", true, "Partner")]
    public async Task Create_OfTheSameFact_IsAConflict(string type, bool mirrored, string again)
    {
        var tenant = await server.CreateTenantAsync();
        var accounts = await tenant.CreateAccountsAsync(2);
        foreach (var (first, second) in ((int, int)[])[(0, 1), (1, 0)])
        {
            var relationship = (await tenant.PostRelationshipAsync(accounts[first], accounts[second], type)).Expect(201);

            var (from, to) = mirrored ? (second, first) : (first, second);
            var refused = (await tenant.PostRelationshipAsync(accounts[from], accounts[to], again)).ExpectError(409, Exists);
            Assert.Equal(relationship.Id, refused.TextOf("existingId"));

            (await tenant.DeleteRelationshipAsync(relationship.Id)).Expect(200);
            var freed = (await tenant.PostRelationshipAsync(accounts[from], accounts[to], again)).Expect(201);
            (await tenant.DeleteRelationshipAsync(freed.Id)).Expect(200);
        }
    }

    [Fact]
    public async Task Create_OfOtherFactsOfTheSameAccounts_IsAllowed()
    {
        var tenant = await server.CreateTenantAsync();
        var accounts = await tenant.CreateAccountsAsync(2);
        await tenant.CreateRelationshipTypeAsync("Alone");

        foreach (
            var (first, second, type) in ((int, int, string)[])
            [
                (0, 1, "Parent"),
                (1, 0, "Parent"),
                (0, 1, "Partner"),
                (0, 1, "Alone"),
                (1, 0, "Alone"),
            ])
        {
            (await tenant.PostRelationshipAsync(accounts[first], accounts[second], type)).Expect(201);
        }
    }

    [Fact]
    public async Task Create_OfAnAccountWithItself_IsRefused()
    {
        var tenant = await server.CreateTenantAsync();
        var account = (await tenant.CreateAccountAsync()).Id;

        (await tenant.PostRelationshipAsync(account, account, "Partner")).ExpectError(400, "An account cannot be related to itself!");
        (await tenant.PostRelationshipAsync(account, account.ToLowerInvariant(), "Partner")).Expect(400);
    }

    [Theory]
    [InlineData("accountId", "Account not found!")]
    [InlineData("relatedAccountId", "Account not found!")]
    [InlineData("relationshipType", "Relationship type not found!")]
    public async Task Create_WithAReferenceThatNamesNothing_IsNotFound(string member, string message)
    {
        var tenant = await server.CreateTenantAsync();
        var accounts = await tenant.CreateAccountsAsync(2);
        object body = new { accountId = accounts[0], relatedAccountId = accounts[1], relationshipType = "Parent" };

        foreach (var reference in (string[])[Given.UnknownId, "nonsense"])
        {
            (await tenant.Client.Post(Paths.Relationships, Given.Merge(body, new Dictionary<string, string> { [member] = reference })))
                .ExpectError(404, message);
        }

        foreach (var missing in (string?[])[null, "", " "])
        {
            (await tenant.Client.Post(Paths.Relationships, Given.Merge(body, new Dictionary<string, string?> { [member] = missing })))
                .ExpectProblem(member);
        }

        Assert.Equal("[]", (await tenant.Client.Get(Paths.Relationships)).Text);
    }

    [Fact]
    public async Task Update_OfTheType_KeepsTheAccounts()
    {
        var tenant = await server.CreateTenantAsync();
        var accounts = await tenant.CreateAccountsAsync(3);
        var relationship = (await tenant.PostRelationshipAsync(accounts[0], accounts[1], "Parent")).Expect(201);
        var path = $"{Paths.Relationships}/{relationship.Id}";

        var updated = (
            await tenant.Client.Put(
                path,
                new
                {
                    accountId = accounts[2],
                    relatedAccountId = accounts[2],
                    relationshipType = "partner",
                    metadata = new { b = 2 },
                })).Expect(200);

        Assert.Equal([accounts[0], accounts[1]], [updated.TextOf("accountId"), updated.TextOf("relatedAccountId")]);
        Assert.Equal("Partner", updated["relationshipType"].Text("name"));
        Assert.Equal("""{"b":2}""", updated.RawOf("metadata"));
        Assert.True(string.CompareOrdinal(updated.TextOf("updatedAt"), relationship.TextOf("updatedAt")) > 0);
        Assert.Equal(updated.Text, (await tenant.Client.Put(path, new { relationshipType = "Partner" })).Expect(200).Text);
        (await tenant.Client.Put(path, new { metadata = new { } })).ExpectProblem("relationshipType");
        (await tenant.Client.Put(path, new { relationshipType = "nothing" })).ExpectError(404, "Relationship type not found!");
        (await tenant.PostRelationshipAsync(accounts[0], accounts[1], "Parent")).Expect(201);
    }

    [Fact]
    public async Task Update_ToAFactThatIsThere_IsAConflict()
    {
        var tenant = await server.CreateTenantAsync();
        var accounts = await tenant.CreateAccountsAsync(2);
        var parent = (await tenant.PostRelationshipAsync(accounts[0], accounts[1], "Parent")).Expect(201);
        var partner = (await tenant.PostRelationshipAsync(accounts[1], accounts[0], "Partner")).Expect(201);

        Assert.Equal(
            parent.Id,
            (await tenant.Client.Put($"{Paths.Relationships}/{partner.Id}", new { relationshipType = "Subsidiary" }))
                .ExpectError(409, Exists)
                .TextOf("existingId"));
    }

    [Theory]
    [InlineData(Given.UnknownId)]
    [InlineData("nonsense")]
    public async Task Unknown_Relationship_IsNotFound(string id)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.Client.Put($"{Paths.Relationships}/{id}", new { relationshipType = "Parent" }))
            .ExpectError(404, "Relationship not found!");
        (await tenant.DeleteRelationshipAsync(id)).ExpectError(404, "Relationship not found!");
    }

    [Fact]
    public async Task Delete_OfAnAccount_TakesItsRelationshipsAlong()
    {
        var tenant = await server.CreateTenantAsync();
        var accounts = await tenant.CreateAccountsAsync(3);
        var gone = (await tenant.PostRelationshipAsync(accounts[0], accounts[1], "Parent")).Expect(201);
        var alsoGone = (await tenant.PostRelationshipAsync(accounts[2], accounts[0], "Parent")).Expect(201);
        var kept = (await tenant.PostRelationshipAsync(accounts[1], accounts[2], "Partner")).Expect(201);

        (await tenant.DeleteAccountAsync(accounts[0])).Expect(200);

        Assert.Equal([kept.Id], (await tenant.Client.Get(Paths.Relationships)).Each("id"));
        Assert.Equal("[]", (await tenant.Client.Get($"{Paths.Relationships}?accountId={accounts[0]}")).Text);
        (await tenant.DeleteRelationshipAsync(gone.Id)).Expect(404);
        (await tenant.Client.Put($"{Paths.Relationships}/{alsoGone.Id}", new { relationshipType = "Partner" })).Expect(404);
        (await tenant.PostRelationshipAsync(accounts[0], accounts[1], "Parent")).ExpectError(404, "Account not found!");
        (await tenant.DeleteRelationshipTypeAsync(await tenant.FindRelationshipTypeIdAsync("Parent"))).Expect(200);
    }

    [Theory]
    [InlineData("Parent", "Subsidiary")]
    [InlineData("Partner", "Partner")]
    public async Task Create_OfOneFactByManyAtOnce_CreatesItOnce(string type, string inverse)
    {
        var tenant = await server.CreateTenantAsync();
        var accounts = await tenant.CreateAccountsAsync(2);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(call =>
            call % 2 == 0
                ? tenant.PostRelationshipAsync(accounts[0], accounts[1], type)
                : tenant.PostRelationshipAsync(accounts[1], accounts[0], inverse)));

        var created = Assert.Single(answers, answer => (int)answer.Status == 201);
        Assert.All(
            answers.Where(answer => answer != created),
            answer => Assert.Equal(created.Id, answer.ExpectError(409, Exists).TextOf("existingId")));
    }

    [Fact]
    public async Task Create_WhileItsTypesArePaired_StatesNoFactTwice()
    {
        for (var round = 0; round < 6; round++)
        {
            var tenant = await server.CreateTenantAsync();
            var accounts = await tenant.CreateAccountsAsync(2);
            string[] types = [(await tenant.CreateRelationshipTypeAsync("A")).Id, (await tenant.CreateRelationshipTypeAsync("B")).Id];

            var answers = await Task.WhenAll(
                tenant.PostRelationshipAsync(accounts[0], accounts[1], types[0]),
                tenant.PutRelationshipTypeAsync(types[0], new { inverseRelationshipId = types[1] }),
                tenant.PostRelationshipAsync(accounts[1], accounts[0], types[1]));

            Assert.All(answers, answer => Assert.True((int)answer.Status is 200 or 201 or 409, answer.Text));
            var isPaired = (await tenant.FindRelationshipTypeAsync("A")).Text("inverseRelationshipId").Length > 0;
            Assert.Equal(isPaired ? 1 : 2, (await tenant.Client.Get(Paths.Relationships)).Json.GetArrayLength());
        }
    }
}
