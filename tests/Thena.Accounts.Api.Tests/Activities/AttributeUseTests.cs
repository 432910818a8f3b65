using System.Text.Json;

namespace Thena.Accounts.Api.Tests.Activities;

/// <summary>Attribute values in use by activities, notes, tasks and contacts.</summary>
public sealed class AttributeUseTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const string Accounts = "accounts";
    private const string Contacts = "contacts";

    public static TheoryData<string, string, string> Uses => new()
    {
        { "contact_type", Contacts, "contactType" },
        { "activity_type", Feature.Activities, "type" },
        { "activity_status", Feature.Activities, "status" },
        { "note_type", Feature.Notes, "type" },
        { "task_type", Feature.Tasks, "type" },
        { "task_status", Feature.Tasks, "status" },
        { "task_priority", Feature.Tasks, "priority" },
    };

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task Delete_OfAValueInUse_CountsLivingRecordsAndChangesNone(string kind, string feature, string member)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var doomed = (await tenant.CreateAccountAsync()).Id;
        var value = await tenant.CreateAttributeValueAsync(kind, "USED");
        var kept = await CreateAsync(tenant, feature, account, member, value.Id);
        await CreateAsync(tenant, feature, account, member, "used");
        await CreateAsync(tenant, feature, account, member, (await tenant.FindDefaultValueAsync(kind))!);
        (await tenant.DeleteRecordAsync(feature, (await CreateAsync(tenant, feature, account, member, value.Id)).Id)).Expect(200);
        var changed = await CreateAsync(tenant, feature, account, member, value.Id);
        var toDefault = new Dictionary<string, string> { [member] = (await tenant.FindDefaultValueAsync(kind))! };
        (await tenant.PutRecordAsync(feature, changed.Id, toDefault)).Expect(200);
        if (feature != Contacts)
        {
            await CreateAsync(tenant, feature, doomed, member, value.Id);
            (await tenant.DeleteAccountAsync(doomed)).Expect(200);
        }

        foreach (var query in (string[])["", "?forceDelete=false"])
        {
            Assert.Equal(
                2,
                (await tenant.Client.Delete($"{Paths.AttributeValues}/{value.Id}{query}"))
                    .ExpectError(409, "Attribute value is in use!")["usageCount"]
                    .GetInt32());
        }

        Assert.Equal(kept.Text, await FindAsync(tenant, feature, kept.Id));
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task Delete_Forced_MovesRecordsToTheDefault(string kind, string feature, string member)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var value = await tenant.CreateAttributeValueAsync(kind, "USED");
        var before = (await tenant.FindDefaultValueAsync(kind))!;
        var records = new List<Answer>();
        for (var count = 0; count < 3; count++)
        {
            records.Add(await CreateAsync(tenant, feature, account, member, value.Id));
        }

        var other = await CreateAsync(tenant, feature, account, member, before);
        var stranger = await server.CreateTenantWithAccountAsync();
        var foreign = await CreateAsync(
            stranger.Tenant, feature, stranger.AccountId, member, (await stranger.Tenant.CreateAttributeValueAsync(kind, "USED")).Id);
        var fallback = await tenant.CreateAttributeValueAsync(kind, "FALLBACK", new { isDefault = true, icon = "star" });
        await Task.Delay(5, TestContext.Current.CancellationToken);

        (await tenant.DeleteAttributeValueAsync(value.Id, forceDelete: true)).Expect(200);

        foreach (var record in records)
        {
            var moved = JsonElement.Parse(await FindAsync(tenant, feature, record.Id));
            Assert.Equal(["FALLBACK", fallback.Id], moved.Texts(member, $"{member}Id"));
            Assert.True(string.CompareOrdinal(moved.Text("updatedAt"), record.TextOf("updatedAt")) > 0);
            Assert.Equal(record.TextOf("createdAt"), moved.Text("createdAt"));
        }

        Assert.Equal(other.Text, await FindAsync(tenant, feature, other.Id));
        Assert.Equal(foreign.Text, await FindAsync(stranger.Tenant, feature, foreign.Id));
        (await tenant.UpdateRecordAsync(feature, other.Id, new Dictionary<string, string> { [member] = "FALLBACK" })).Expect(200);
        (await tenant.DeleteAttributeValueAsync(await tenant.FindAttributeValueIdAsync(kind, before))).Expect(200);
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task Delete_OfTheDefault_IsRefused(string kind, string feature, string member)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var value = await tenant.CreateAttributeValueAsync(kind, "OWN", new { isDefault = true });
        var record = await CreateAsync(tenant, feature, account, member, value.Id);

        (await tenant.DeleteAttributeValueAsync(value.Id)).Expect(400);
        (await tenant.DeleteAttributeValueAsync(value.Id, forceDelete: true)).Expect(400);

        Assert.Equal(record.Text, await FindAsync(tenant, feature, record.Id));
        Assert.Equal("OWN", await tenant.FindDefaultValueAsync(kind));
    }

    /// <summary>Whichever request is first, each record has an existing value, or its request was refused.</summary>
    [Theory]
    [MemberData(nameof(Uses))]
    public async Task Delete_WhileRecordsTakeTheValue_NeverLeavesADeletedOne(string kind, string feature, string member)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var settled = await CreateAsync(tenant, feature, account, member, (await tenant.FindDefaultValueAsync(kind))!);
        for (var round = 0; round < 8; round++)
        {
            var value = (await tenant.CreateAttributeValueAsync(kind, $"V{round}")).Id;
            var body = new Dictionary<string, string> { [member] = value };
            var answers = await Task.WhenAll([
                tenant.DeleteAttributeValueAsync(value, forceDelete: true), tenant.PutRecordAsync(feature, settled.Id, body),
                .. Enumerable.Range(0, 4).Select(_ => PostAsync(tenant, feature, account, body))]);

            answers[0].Expect(200);
            Assert.All(answers, answer => Assert.True((int)answer.Status is 200 or 201 or 404, answer.Text));
            Assert.DoesNotContain($"\"V{round}\"", (await tenant.ListRecordsAsync(feature, "limit=100")).Text, StringComparison.Ordinal);
            Assert.Equal("[]", (await tenant.ListRecordsAsync(feature, $"{member}={value}")).Text);
        }
    }

    [Theory]
    [MemberData(nameof(Uses))]
    [InlineData("account_status", Accounts, "status")]
    public async Task Default_MovedWhileRecordsAreCreated_IsFoundByEach(string kind, string feature, string member)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        string[] values = ["A", "B", "C"];
        var ids = await Task.WhenAll(values.Select(async value => (await tenant.CreateAttributeValueAsync(kind, value)).Id));
        (await tenant.PutAttributeValueAsync(ids[0], new { isDefault = true })).Expect(200);

        for (var round = 0; round < 8; round++)
        {
            var moves = ids.Select(id => tenant.PutAttributeValueAsync(id, new { isDefault = true }));
            var answers = await Task.WhenAll(
                moves.SelectMany(
                    move => (Task<Answer>[])
                    [
                        move,
                        PostAsync(tenant, feature, account, null),
                        PostAsync(tenant, feature, account, null),
                    ]).ToArray());

            Assert.All(answers.Where((_, index) => index % 3 == 0), moved => moved.Expect(200));
            Assert.All(answers.Where((_, index) => index % 3 > 0), created => Assert.Contains(created.Expect(201).TextOf(member), values));
        }
    }

    private static Task<Answer> PostAsync(Tenant tenant, string feature, string accountId, Dictionary<string, string>? more) =>
        feature switch
        {
            Accounts => tenant.PostAccountAsync(more),
            Contacts => tenant.PostContactAsync(more),
            _ => tenant.PostRecordAsync(feature, accountId, more),
        };

    private static async Task<Answer> CreateAsync(Tenant tenant, string feature, string accountId, string member, string reference) =>
        (await PostAsync(tenant, feature, accountId, new() { [member] = reference })).Expect(201);

    private static async Task<string> FindAsync(Tenant tenant, string feature, string id) =>
        (feature == Contacts ? await tenant.GetContactAsync(id) : await tenant.GetRecordAsync(feature, id)).GetRawText();
}
