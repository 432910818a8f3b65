using static Thena.Accounts.Api.Tests.Accounts.AccountRequests;
using static Thena.Accounts.Api.Tests.Relationships.RelationshipRequests;

namespace Thena.Accounts.Api.Tests.Relationships;

public sealed class RelationshipTypesTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    private const string AlreadyPaired = "Relationship type is already paired!";

    [Fact]
    public async Task List_OfANewOrganization_HasTheThreeDefaultsPaired()
    {
        var tenant = await server.CreateTenantAsync();

        var types = await tenant.ListTypes();

        Assert.Equal(
            [("Parent", "Subsidiary"), ("Partner", "Partner"), ("Subsidiary", "Parent")],
            types.Select(type => (type.Text("name"), type.Text("inverseRelationship"))).Order());
        Assert.All(types, type => Assert.Equal(
            type.Text("inverseRelationshipId"), types.Single(other => other.Text("name") == type.Text("inverseRelationship")).Text("id")));
        Assert.Equal(
            ["id", "name", "inverseRelationshipId", "inverseRelationship", "createdAt", "updatedAt", "metadata"],
            types[0].EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Create_WithANameAlone_HasNoInverse()
    {
        var tenant = await server.CreateTenantAsync();

        var type = (await tenant.Client.Post(TypesPath, new { name = "  Reseller ", metadata = new { a = 1 } })).Expect(201);

        Assert.Equal(["Reseller", "", ""], [type.TextOf("name"), type.TextOf("inverseRelationshipId"), type.TextOf("inverseRelationship")]);
        Assert.Equal("""{"a":1}""", type.RawOf("metadata"));
        Assert.Equal(type.Text, (await tenant.ListTypes())[^1].GetRawText());
    }

    [Fact]
    public async Task Create_WithAnInverse_PairsBoth()
    {
        var tenant = await server.CreateTenantAsync();
        var first = await tenant.CreateType("Investor");

        var second = await tenant.CreateType("Investment", first.Id);

        await ExpectPairAsync(tenant, first.Id, second.Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Update_OfTheInverse_PairsBothFromEitherSide(bool first)
    {
        var tenant = await server.CreateTenantAsync();
        string[] ids = [(await tenant.CreateType("A")).Id, (await tenant.CreateType("B")).Id];

        var answer = (await tenant.PutType(ids[first ? 0 : 1], new { inverseRelationshipId = ids[first ? 1 : 0] })).Expect(200);

        Assert.Equal(first ? "B" : "A", answer.TextOf("inverseRelationship"));
        await ExpectPairAsync(tenant, ids[0], ids[1]);
    }

    [Fact]
    public async Task Update_ToItself_IsItsOwnInverse()
    {
        var tenant = await server.CreateTenantAsync();
        var type = await tenant.CreateType("Friend");

        (await tenant.PutType(type.Id, new { inverseRelationshipId = type.Id })).Expect(200);

        await ExpectPairAsync(tenant, type.Id, type.Id);
    }

    [Fact]
    public async Task Pairing_OfAPairedType_IsRefusedFromEitherSide()
    {
        var tenant = await server.CreateTenantAsync();
        var free = await tenant.CreateType("Free");
        foreach (var name in (string[])["Parent", "Subsidiary", "Partner"])
        {
            var paired = (await tenant.FindType(name)).Text("id");

            (await tenant.PutType(paired, new { inverseRelationshipId = free.Id })).ExpectError(409, AlreadyPaired);
            (await tenant.PutType(free.Id, new { inverseRelationshipId = paired })).ExpectError(409, AlreadyPaired);
            (await tenant.Client.Post(TypesPath, new { name = "New", inverseRelationshipId = paired })).ExpectError(409, AlreadyPaired);
        }

        var parent = (await tenant.FindType("Parent")).Text("id");
        (await tenant.PutType(parent, new { inverseRelationshipId = parent })).ExpectError(409, AlreadyPaired);
        Assert.Equal("", (await tenant.FindType("Free")).Text("inverseRelationshipId"));
        Assert.Equal(4, (await tenant.ListTypes()).Length);
        await ExpectPairAsync(tenant, parent, (await tenant.FindType("Subsidiary")).Text("id"));
    }

    [Fact]
    public async Task Update_WithTheInverseItHas_ChangesNothing()
    {
        var tenant = await server.CreateTenantAsync();
        var before = await tenant.ListTypes();

        (
            await tenant.PutType(
                before[0].Text("id"),
                new { inverseRelationshipId = before[0].Text("inverseRelationshipId"), name = before[0].Text("name") })).Expect(200);

        Assert.Equal(before.Select(type => type.GetRawText()), (await tenant.ListTypes()).Select(type => type.GetRawText()));
    }

    [Theory]
    [InlineData("Parent", "Subsidiary", "null")]
    [InlineData("Subsidiary", "Parent", "\"\"")]
    [InlineData("Partner", "Partner", "null")]
    public async Task Update_ClearingTheInverse_ClearsBoth(string name, string inverse, string cleared)
    {
        var tenant = await server.CreateTenantAsync();
        var type = await tenant.FindType(name);

        (await tenant.PutType(type.Text("id"), $$"""{"inverseRelationshipId":{{cleared}}}""")).Expect(200);

        Assert.All(
            await tenant.ListTypes(),
            other => Assert.False(
                (other.Text("name") == name || other.Text("name") == inverse) && other.Text("inverseRelationshipId").Length > 0));
        Assert.Equal("", (await tenant.FindType(inverse)).Text("inverseRelationship"));
    }

    [Fact]
    public async Task Delete_OfAPairedType_FreesItsPartnerAndItsName()
    {
        var tenant = await server.CreateTenantAsync();
        var parent = await tenant.FindType("Parent");

        Assert.Equal("", (await tenant.Client.Delete($"{TypesPath}/{parent.Text("id")}")).Expect(200).Text);

        Assert.Equal("", (await tenant.FindType("Subsidiary")).Text("inverseRelationshipId"));
        (await tenant.Client.Delete($"{TypesPath}/{parent.Text("id")}")).ExpectError(404, "Relationship type not found!");
        (await tenant.PutType(parent.Text("id"), new { name = "X" })).ExpectError(404, "Relationship type not found!");
        var again = await tenant.CreateType("parent", (await tenant.FindType("Subsidiary")).Text("id"));
        await ExpectPairAsync(tenant, again.Id, (await tenant.FindType("Subsidiary")).Text("id"));
    }

    [Fact]
    public async Task Delete_OfATypeInUse_IsRefusedUntilItIsNot()
    {
        var tenant = await server.CreateTenantAsync();
        var accounts = await tenant.CreateAccounts(2);
        var relationship = (await tenant.Relate(accounts[0], accounts[1], "Parent")).Expect(201);
        var parent = (await tenant.FindType("Parent")).Text("id");

        (await tenant.Client.Delete($"{TypesPath}/{parent}")).ExpectError(409, "Relationship type is in use!");
        (await tenant.Client.Delete($"{RelationshipsPath}/{relationship.Id}")).Expect(200);

        (await tenant.Client.Delete($"{TypesPath}/{parent}")).Expect(200);
    }

    [Fact]
    public async Task Name_InAnyCase_IsUnique()
    {
        var tenant = await server.CreateTenantAsync();
        var type = await tenant.CreateType("Reseller");

        Assert.Equal(type.Id, (await tenant.Client.Post(TypesPath, new { name = " RESELLER " })).Expect(409).TextOf("existingId"));
        (await tenant.PutType(type.Id, new { name = "PARENT" })).Expect(409);
        Assert.Equal("reseller", (await tenant.PutType(type.Id, new { name = "reseller" })).Expect(200).TextOf("name"));
    }

    [Theory]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{"name":" "}""", "name")]
    [InlineData("""{"name":5}""", "name")]
    [InlineData("""{"name":"A","metadata":[]}""", "metadata")]
    [InlineData("""{"name":"A","inverseRelationshipId":5}""", "inverseRelationshipId")]
    public async Task Create_WithABadBody_NamesTheMember(string body, string field)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.Client.Post(TypesPath, body)).ExpectProblem(field);
        Assert.Equal(3, (await tenant.ListTypes()).Length);
    }

    [Theory]
    [InlineData(Given.UnknownId)]
    [InlineData("nonsense")]
    public async Task Unknown_InAnyPlace_IsNotFound(string id)
    {
        var tenant = await server.CreateTenantAsync();
        var type = await tenant.CreateType("A");

        foreach (var answer in (Answer[])[
            await tenant.PutType(id, new { name = "B" }), await tenant.Client.Delete($"{TypesPath}/{id}"), await tenant.PutType(
                type.Id, new { inverseRelationshipId = id }),
            await tenant.Client.Post(TypesPath, new { name = "B", inverseRelationshipId = id })])
        {
            answer.ExpectError(404, "Relationship type not found!");
        }
    }

    [Fact]
    public async Task Pairing_OfOneTypeWithManyAtOnce_LeavesConsistentPairs()
    {
        for (var round = 0; round < 5; round++)
        {
            var tenant = await server.CreateTenantAsync();
            var hub = await tenant.CreateType("Hub");
            var others = await Task.WhenAll(Enumerable.Range(0, 8).Select(index => tenant.CreateType($"T{index}")));

            var calls = others.Select((other, index) => index % 2 == 0
                ? tenant.PutType(hub.Id, new { inverseRelationshipId = other.Id })
                : tenant.PutType(other.Id, new { inverseRelationshipId = hub.Id }));
            var answers = await Task.WhenAll(
                calls.Concat(
                    others.Select((other, index) => tenant.PutType(other.Id, new { inverseRelationshipId = others[(index + 1) % 8].Id }))));

            Assert.All(answers, answer => Assert.True((int)answer.Status is 200 or 409, answer.Text));
            var inverse = (await tenant.ListTypes()).ToDictionary(type => type.Text("id"), type => type.Text("inverseRelationshipId"));
            Assert.All(inverse.Where(pair => pair.Value.Length > 0), pair => Assert.Equal(pair.Key, inverse[pair.Value]));
            Assert.Equal(
                answers.Count(answer => (int)answer.Status == 200),
                inverse.Where(pair => pair.Value.Length > 0).Count(pair => pair.Key != pair.Value) / 2 - 1);
        }
    }

    [Fact]
    public async Task Pairing_ThatWouldStateOneFactTwice_IsAConflictAndChangesNothing()
    {
        var tenant = await server.CreateTenantAsync();
        var accounts = await tenant.CreateAccounts(2);
        string[] types = [(await tenant.CreateType("A")).Id, (await tenant.CreateType("B")).Id];
        (await tenant.Relate(accounts[0], accounts[1], types[0])).Expect(201);
        (await tenant.Relate(accounts[1], accounts[0], types[1])).Expect(201);

        (await tenant.PutType(types[0], new { inverseRelationshipId = types[1] })).Expect(409);

        Assert.Equal("", (await tenant.FindType("A")).Text("inverseRelationshipId"));
        Assert.Equal("", (await tenant.FindType("B")).Text("inverseRelationshipId"));
        Assert.Equal(2, (await tenant.Client.Get(RelationshipsPath)).Json.GetArrayLength());
    }

    [Fact]
    public async Task Pairing_AndClearing_MoveWhatIsTheSameFact()
    {
        var tenant = await server.CreateTenantAsync();
        var accounts = await tenant.CreateAccounts(2);
        string[] types = [(await tenant.CreateType("A")).Id, (await tenant.CreateType("B")).Id];
        (await tenant.Relate(accounts[1], accounts[0], types[1])).Expect(201);

        (await tenant.PutType(types[0], new { inverseRelationshipId = types[1] })).Expect(200);
        (await tenant.Relate(accounts[0], accounts[1], types[0])).ExpectError(409, "This relationship already exists!");
        (await tenant.PutType(types[1], new { inverseRelationshipId = (string?)null })).Expect(200);

        (await tenant.Relate(accounts[0], accounts[1], types[0])).Expect(201);
    }

    private static async Task ExpectPairAsync(Tenant tenant, string first, string second)
    {
        var types = (await tenant.ListTypes()).ToDictionary(type => type.Text("id"));
        Assert.Equal(
            [second, types[second].Text("name")], [types[first].Text("inverseRelationshipId"), types[first].Text("inverseRelationship")]);
        Assert.Equal(
            [first, types[first].Text("name")], [types[second].Text("inverseRelationshipId"), types[second].Text("inverseRelationship")]);
    }
}
