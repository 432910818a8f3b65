namespace Thena.Accounts.Api.Tests.Attributes;

public sealed class AttributeDefaultTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const int Parallel = 16;
    private const int Rounds = 4;

    public static TheoryData<string> KindsThatMayBeUnset =>
        ["account_status", "account_classification", "account_health", "account_industry"];

    public static TheoryData<string> KindsWithADefault =>
        ["contact_type", "activity_type", "activity_status", "note_type", "task_type", "task_status", "task_priority"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task IsDefault_GivenToAnother_IsTakenFromTheFirst(bool byUpdate)
    {
        var tenant = await server.CreateTenantAsync();
        var first = await tenant.CreateAttributeValueAsync("account_status", "FIRST", new { isDefault = true });
        var id = byUpdate ? (await tenant.CreateAttributeValueAsync("account_status", "SECOND")).Id : null;

        var second = id is null
            ? await tenant.CreateAttributeValueAsync("account_status", "SECOND", new { isDefault = true })
            : (await tenant.PutAttributeValueAsync(id, new { isDefault = true })).Expect(200);

        Assert.True(second["isDefault"].GetBoolean());
        Assert.Equal("SECOND", await tenant.FindDefaultValueAsync("account_status"));
        var loser = await tenant.FindAttributeValueAsync("account_status", "FIRST");
        Assert.False(loser.GetProperty("isDefault").GetBoolean());
        Assert.True(loser.GetProperty("updatedAt").GetDateTimeOffset() > first["updatedAt"].GetDateTimeOffset());
        Assert.Equal("SECOND", (await tenant.CreateAccountAsync()).TextOf("status"));
    }

    [Theory]
    [MemberData(nameof(KindsThatMayBeUnset))]
    public async Task IsDefaultFalse_OnTheDefaultOfAnAccountKind_LeavesNone(string attribute)
    {
        var tenant = await server.CreateTenantAsync();
        var value = await tenant.CreateAttributeValueAsync(attribute, "FIRST", new { isDefault = true });

        var updated = (await tenant.PutAttributeValueAsync(value.Id, new { isDefault = false })).Expect(200);

        Assert.False(updated["isDefault"].GetBoolean());
        Assert.Null(await tenant.FindDefaultValueAsync(attribute));
        Assert.Equal("", (await tenant.CreateAccountAsync()).TextOf(attribute["account_".Length..]));
    }

    [Theory]
    [MemberData(nameof(KindsWithADefault))]
    public async Task IsDefaultFalse_OnTheDefaultOfAnotherKind_Answers400(string attribute)
    {
        var tenant = await server.CreateTenantAsync();
        var before = await tenant.FindDefaultValueAsync(attribute);
        var id = await tenant.FindAttributeValueIdAsync(attribute, before!);

        (await tenant.PutAttributeValueAsync(id, new { isDefault = false, value = "RENAMED" })).Expect(400);

        Assert.Equal(before, await tenant.FindDefaultValueAsync(attribute));
    }

    [Theory]
    [MemberData(nameof(KindsWithADefault))]
    public async Task IsDefaultFalse_OnAnotherValue_Answers200(string attribute)
    {
        var tenant = await server.CreateTenantAsync();
        var before = await tenant.FindDefaultValueAsync(attribute);
        var value = await tenant.CreateAttributeValueAsync(attribute, "NEW", new { isDefault = false });

        var updated = (await tenant.PutAttributeValueAsync(value.Id, new { isDefault = false })).Expect(200);

        Assert.Equal(value.Text, updated.Text);
        Assert.Equal(before, await tenant.FindDefaultValueAsync(attribute));
    }

    [Theory]
    [InlineData("account_status")]
    [InlineData("note_type")]
    public async Task IsDefault_GivenToManyAtOnceByUpdate_EndsOnOne(string attribute)
    {
        var tenant = await server.CreateTenantAsync();
        List<string> ids = [];
        for (var number = 0; number < Parallel; number++)
        {
            ids.Add((await tenant.CreateAttributeValueAsync(attribute, $"V{number}")).Id);
        }

        for (var round = 0; round < Rounds; round++)
        {
            var answers = await Task.WhenAll(ids.Select(id => tenant.PutAttributeValueAsync(id, new { isDefault = true })));

            Assert.All(answers, answer => answer.Expect(200));
            Assert.StartsWith("V", await tenant.FindDefaultValueAsync(attribute), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("account_status")]
    [InlineData("note_type")]
    public async Task IsDefault_GivenToManyAtOnceByCreate_EndsOnOne(string attribute)
    {
        var tenant = await server.CreateTenantAsync();

        for (var round = 0; round < Rounds; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, Parallel).Select(number =>
                tenant.PostAttributeValueAsync(attribute, $"V{round}-{number}", new { isDefault = true })));

            Assert.All(answers, answer => answer.Expect(201));
            Assert.StartsWith($"V{round}-", await tenant.FindDefaultValueAsync(attribute), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task IsDefault_MovedWhileTheDefaultIsDeleted_LeavesAMustHaveKindItsDefault()
    {
        var tenant = await server.CreateTenantAsync();
        for (var round = 0; round < 20; round++)
        {
            var former = await tenant.FindAttributeValueAsync("note_type", (await tenant.FindDefaultValueAsync("note_type"))!);
            var next = await tenant.CreateAttributeValueAsync("note_type", $"V{round}");

            var answers = await Task.WhenAll(
                tenant.PutAttributeValueAsync(next.Id, new { isDefault = true }),
                tenant.DeleteAttributeValueAsync(next.Id),
                tenant.DeleteAttributeValueAsync(former.Text("id")));

            Assert.Contains((int)answers[0].Status, (int[])[200, 404]);
            Assert.Contains((int)answers[1].Status, (int[])[200, 400]);
            Assert.Contains((int)answers[2].Status, (int[])[200, 400]);
            Assert.NotNull(await tenant.FindDefaultValueAsync("note_type"));
        }
    }
}
