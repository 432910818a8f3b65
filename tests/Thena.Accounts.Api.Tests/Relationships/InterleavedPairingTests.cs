
namespace Thena.Accounts.Api.Tests.Relationships;

/// <summary>Changes of pairs that wait for each other. The second must see the partner that the first has set.</summary>
public sealed class InterleavedPairingTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    private const string Table = "relationship_types";

    [Fact]
    public async Task ClearInverse_WhilePairedByAnother_ClearsBothSides()
    {
        var tenant = await server.CreateTenantAsync();
        var (a, b) = ((await tenant.CreateRelationshipTypeAsync("A")).Id, (await tenant.CreateRelationshipTypeAsync("B")).Id);
        await using var locked = await LockedRows.LockAsync(server, Table, a, b);

        await locked.QueueAsync(() => tenant.PutRelationshipTypeAsync(a, new { inverseRelationshipId = b }));
        await locked.QueueAsync(() => tenant.PutRelationshipTypeAsync(a, new { inverseRelationshipId = (string?)null }));
        var answers = await locked.ReleaseAsync();

        Assert.All(answers, answer => answer.Expect(200));
        Assert.Equal("", (await tenant.FindRelationshipTypeAsync("A")).Text("inverseRelationshipId"));
        Assert.Equal("", (await tenant.FindRelationshipTypeAsync("B")).Text("inverseRelationshipId"));
        (await tenant.PutRelationshipTypeAsync(a, new { inverseRelationshipId = b })).Expect(200);
    }

    [Fact]
    public async Task Delete_WhilePairedByAnother_ClearsThePartner()
    {
        var tenant = await server.CreateTenantAsync();
        var (a, b) = ((await tenant.CreateRelationshipTypeAsync("A")).Id, (await tenant.CreateRelationshipTypeAsync("B")).Id);
        await using var locked = await LockedRows.LockAsync(server, Table, a, b);

        await locked.QueueAsync(() => tenant.PutRelationshipTypeAsync(b, new { inverseRelationshipId = a }));
        await locked.QueueAsync(() => tenant.DeleteRelationshipTypeAsync(a));
        var answers = await locked.ReleaseAsync();

        Assert.All(answers, answer => answer.Expect(200));
        Assert.Equal("", (await tenant.FindRelationshipTypeAsync("B")).Text("inverseRelationshipId"));
        var c = (await tenant.CreateRelationshipTypeAsync("C", b)).Id;
        Assert.Equal(c, (await tenant.FindRelationshipTypeAsync("B")).Text("inverseRelationshipId"));
    }

    [Fact]
    public async Task PairAndClear_ByManyAtOnce_LeavesOnlyPairsThatPointBack()
    {
        var tenant = await server.CreateTenantAsync();
        List<string> ids = [];
        for (var index = 0; index < 4; index++)
        {
            ids.Add((await tenant.CreateRelationshipTypeAsync($"T{index}")).Id);
        }

        var accounts = await tenant.CreateAccountsAsync(2);
        for (var round = 0; round < 10; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(client => (client % 4) switch
            {
                0 => tenant.PutRelationshipTypeAsync(ids[(client + round) / 4 % 4], new { inverseRelationshipId = (string?)null }),
                1 => tenant.PostRelationshipAsync(accounts[0], accounts[1], ids[(client + round) % 4]),
                _ => tenant.PutRelationshipTypeAsync(
                    ids[(client + round) % 4], new { inverseRelationshipId = ids[(client / 4 + round) % 4] }),
            }));

            Assert.All(answers, answer => Assert.Contains((int)answer.Status, (int[])[200, 201, 409]));
            var inverseOf = (await tenant.ListRelationshipTypesAsync())
                .ToDictionary(type => type.Text("id"), type => type.Text("inverseRelationshipId"));
            Assert.All(
                inverseOf.Where(pair => pair.Value.Length > 0),
                pair => Assert.Equal(pair.Key, inverseOf[pair.Value]));
        }
    }
}
