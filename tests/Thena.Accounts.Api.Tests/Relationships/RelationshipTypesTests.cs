

namespace Thena.Accounts.Api.Tests.Relationships;

public sealed class RelationshipTypesTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const string AlreadyPaired = "Relationship type is already paired!";

    [Fact]
    public async Task List_OfANewOrganization_HasTheThreeDefaultsPaired()
    {
        var tenant = await server.CreateTenantAsync();

        var types = await tenant.ListRelationshipTypesAsync();

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

        var type = (await tenant.Client.Post(Paths.RelationshipTypes, new { name = "  Reseller ", metadata = new { a = 1 } })).Expect(201);

        Assert.Equal(["Reseller", "", ""], [type.TextOf("name"), type.TextOf("inverseRelationshipId"), type.TextOf("inverseRelationship")]);
        Assert.Equal("""{"a":1}""", type.RawOf("metadata"));
        Assert.Equal(type.Text, (await tenant.ListRelationshipTypesAsync())[^1].GetRawText());
    }

    [Fact]
    public async Task Create_WithAnInverse_PairsBoth()
    {
        var tenant = await server.CreateTenantAsync();
        var first = await tenant.CreateRelationshipTypeAsync("Investor");

        var second = await tenant.CreateRelationshipTypeAsync("Investment", first.Id);

        await ExpectPairAsync(tenant, first.Id, second.Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Update_OfTheInverse_PairsBothFromEitherSide(bool first)
    {
        var tenant = await server.CreateTenantAsync();
        string[] ids = [(await tenant.CreateRelationshipTypeAsync("A")).Id, (await tenant.CreateRelationshipTypeAsync("B")).Id];

        var (id, inverseRelationshipId) = first ? (ids[0], ids[1]) : (ids[1], ids[0]);
        var answer = (await tenant.PutRelationshipTypeAsync(id, new { inverseRelationshipId })).Expect(200);

        Assert.Equal(first ? "B" : "A", answer.TextOf("inverseRelationship"));
        await ExpectPairAsync(tenant, ids[0], ids[1]);
    }

    [Fact]
    public async Task Update_ToItself_IsItsOwnInverse()
    {
        var tenant = await server.CreateTenantAsync();
        var type = await tenant.CreateRelationshipTypeAsync("Friend");

        (await tenant.PutRelationshipTypeAsync(type.Id, new { inverseRelationshipId = type.Id })).Expect(200);

        await ExpectPairAsync(tenant, type.Id, type.Id);
    }

    [Fact]
    public async Task Pairing_OfAPairedType_IsRefusedFromEitherSide()
    {
        var tenant = await server.CreateTenantAsync();
        var free = await tenant.CreateRelationshipTypeAsync("Free");
        foreach (var name in (string[])["Parent", "Subsidiary", "Partner"])
        {
            var paired = await tenant.FindRelationshipTypeIdAsync(name);

            (await tenant.PutRelationshipTypeAsync(paired, new { inverseRelationshipId = free.Id })).ExpectError(409, AlreadyPaired);
            (await tenant.PutRelationshipTypeAsync(free.Id, new { inverseRelationshipId = paired })).ExpectError(409, AlreadyPaired);
            (await tenant.PostRelationshipTypeAsync("New", paired)).ExpectError(409, AlreadyPaired);
        }

        var parent = await tenant.FindRelationshipTypeIdAsync("Parent");
        (await tenant.PutRelationshipTypeAsync(parent, new { inverseRelationshipId = parent })).ExpectError(409, AlreadyPaired);
        Assert.Equal("", (await tenant.FindRelationshipTypeAsync("Free")).Text("inverseRelationshipId"));
        Assert.Equal(4, (await tenant.ListRelationshipTypesAsync()).Length);
        await ExpectPairAsync(tenant, parent, await tenant.FindRelationshipTypeIdAsync("Subsidiary"));
    }

    [Fact]
    public async Task Update_WithTheInverseItHas_ChangesNothing()
    {
        var tenant = await server.CreateTenantAsync();
        var before = await tenant.ListRelationshipTypesAsync();

        (await tenant.PutRelationshipTypeAsync(
            before[0].Text("id"),
            new { inverseRelationshipId = before[0].Text("inverseRelationshipId"), name = before[0].Text("name") })).Expect(200);

        Assert.Equal(
            before.Select(type => type.GetRawText()), (await tenant.ListRelationshipTypesAsync()).Select(type => type.GetRawText()));
    }

    [Theory]
    [InlineData("Parent", "Subsidiary", "null")]
    [InlineData("Subsidiary", "Parent", "\"\"")]
    [InlineData("Partner", "Partner", "null")]
    public async Task Update_ClearingTheInverse_ClearsBoth(string name, string inverse, string cleared)
    {
        var tenant = await server.CreateTenantAsync();
        var type = await tenant.FindRelationshipTypeAsync(name);

        (await tenant.PutRelationshipTypeAsync(type.Text("id"), $$"""{"inverseRelationshipId":{{cleared}}}""")).Expect(200);

        Assert.All(
            await tenant.ListRelationshipTypesAsync(),
            other => Assert.False(
                (other.Text("name") == name || other.Text("name") == inverse) && other.Text("inverseRelationshipId").Length > 0));
        Assert.Equal("", (await tenant.FindRelationshipTypeAsync(inverse)).Text("inverseRelationship"));
    }

    [Fact]
    public async Task Delete_OfAPairedType_FreesItsPartnerAndItsName()
    {
        var tenant = await server.CreateTenantAsync();
        var parent = await tenant.FindRelationshipTypeAsync("Parent");

        Assert.Equal("", (await tenant.DeleteRelationshipTypeAsync(parent.Text("id"))).Expect(200).Text);

        Assert.Equal("", (await tenant.FindRelationshipTypeAsync("Subsidiary")).Text("inverseRelationshipId"));
        (await tenant.DeleteRelationshipTypeAsync(parent.Text("id"))).ExpectError(404, "Relationship type not found!");
        (await tenant.PutRelationshipTypeAsync(parent.Text("id"), new { name = "X" })).ExpectError(404, "Relationship type not found!");
        var again = await tenant.CreateRelationshipTypeAsync("parent", await tenant.FindRelationshipTypeIdAsync("Subsidiary"));
        await ExpectPairAsync(tenant, again.Id, await tenant.FindRelationshipTypeIdAsync("Subsidiary"));
    }

    [Fact]
    public async Task Delete_OfATypeInUse_IsRefusedUntilItIsNot()
    {
        var tenant = await server.CreateTenantAsync();
        var accounts = await tenant.CreateAccountsAsync(2);
        var relationship = (await tenant.PostRelationshipAsync(accounts[0], accounts[1], "Parent")).Expect(201);
        var parent = await tenant.FindRelationshipTypeIdAsync("Parent");

        (await tenant.DeleteRelationshipTypeAsync(parent)).ExpectError(409, "Relationship type is in use!");
        (await tenant.DeleteRelationshipAsync(relationship.Id)).Expect(200);

        (await tenant.DeleteRelationshipTypeAsync(parent)).Expect(200);
    }

    [Fact]
    public async Task Name_InAnyCase_IsUnique()
    {
        var tenant = await server.CreateTenantAsync();
        var type = await tenant.CreateRelationshipTypeAsync("Reseller");

        Assert.Equal(type.Id, (await tenant.PostRelationshipTypeAsync(" RESELLER ")).Expect(409).TextOf("existingId"));
        (await tenant.PutRelationshipTypeAsync(type.Id, new { name = "PARENT" })).Expect(409);
        Assert.Equal("reseller", (await tenant.PutRelationshipTypeAsync(type.Id, new { name = "reseller" })).Expect(200).TextOf("name"));
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

        (await tenant.Client.Post(Paths.RelationshipTypes, body)).ExpectProblem(field);
        Assert.Equal(3, (await tenant.ListRelationshipTypesAsync()).Length);
    }

    [Theory]
    [InlineData(Given.UnknownId)]
    [InlineData("nonsense")]
    public async Task Unknown_InAnyPlace_IsNotFound(string id)
    {
        var tenant = await server.CreateTenantAsync();
        var type = await tenant.CreateRelationshipTypeAsync("A");

        foreach (var answer in (Answer[])[
            await tenant.PutRelationshipTypeAsync(id, new { name = "B" }),
            await tenant.DeleteRelationshipTypeAsync(id),
            await tenant.PutRelationshipTypeAsync(type.Id, new { inverseRelationshipId = id }),
            await tenant.PostRelationshipTypeAsync("B", id)])
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
            var hub = await tenant.CreateRelationshipTypeAsync("Hub");
            var others = await Task.WhenAll(Enumerable.Range(0, 8).Select(index => tenant.CreateRelationshipTypeAsync($"T{index}")));

            var calls = others.Select((other, index) => index % 2 == 0
                ? tenant.PutRelationshipTypeAsync(hub.Id, new { inverseRelationshipId = other.Id })
                : tenant.PutRelationshipTypeAsync(other.Id, new { inverseRelationshipId = hub.Id }));
            var ring = others.Select((other, index) =>
                tenant.PutRelationshipTypeAsync(other.Id, new { inverseRelationshipId = others[(index + 1) % 8].Id }));
            var answers = await Task.WhenAll(calls.Concat(ring));

            Assert.All(answers, answer => Assert.True((int)answer.Status is 200 or 409, answer.Text));
            var inverse = (await tenant.ListRelationshipTypesAsync())
                .ToDictionary(type => type.Text("id"), type => type.Text("inverseRelationshipId"));
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
        var accounts = await tenant.CreateAccountsAsync(2);
        string[] types = [(await tenant.CreateRelationshipTypeAsync("A")).Id, (await tenant.CreateRelationshipTypeAsync("B")).Id];
        (await tenant.PostRelationshipAsync(accounts[0], accounts[1], types[0])).Expect(201);
        (await tenant.PostRelationshipAsync(accounts[1], accounts[0], types[1])).Expect(201);

        (await tenant.PutRelationshipTypeAsync(types[0], new { inverseRelationshipId = types[1] })).Expect(409);

        Assert.Equal("", (await tenant.FindRelationshipTypeAsync("A")).Text("inverseRelationshipId"));
        Assert.Equal("", (await tenant.FindRelationshipTypeAsync("B")).Text("inverseRelationshipId"));
        Assert.Equal(2, (await tenant.Client.Get(Paths.Relationships)).Json.GetArrayLength());
    }

    [Fact]
    public async Task Pairing_AndClearing_MoveWhatIsTheSameFact()
    {
        var tenant = await server.CreateTenantAsync();
        var accounts = await tenant.CreateAccountsAsync(2);
        string[] types = [(await tenant.CreateRelationshipTypeAsync("A")).Id, (await tenant.CreateRelationshipTypeAsync("B")).Id];
        (await tenant.PostRelationshipAsync(accounts[1], accounts[0], types[1])).Expect(201);

        (await tenant.PutRelationshipTypeAsync(types[0], new { inverseRelationshipId = types[1] })).Expect(200);
        (await tenant.PostRelationshipAsync(accounts[0], accounts[1], types[0])).ExpectError(409, "This relationship already exists!");
        (await tenant.PutRelationshipTypeAsync(types[1], new { inverseRelationshipId = (string?)null })).Expect(200);

        (await tenant.PostRelationshipAsync(accounts[0], accounts[1], types[0])).Expect(201);
    }

    private static async Task ExpectPairAsync(Tenant tenant, string first, string second)
    {
        var types = (await tenant.ListRelationshipTypesAsync()).ToDictionary(type => type.Text("id"));
        Assert.Equal(
            [second, types[second].Text("name")], [types[first].Text("inverseRelationshipId"), types[first].Text("inverseRelationship")]);
        Assert.Equal(
            [first, types[first].Text("name")], [types[second].Text("inverseRelationshipId"), types[second].Text("inverseRelationship")]);
    }
}
