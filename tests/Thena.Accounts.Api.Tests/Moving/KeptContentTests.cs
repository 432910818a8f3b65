namespace Thena.Accounts.Api.Tests.Moving;

/// <summary>What copies of records keep, whatever the rules for new records are by now.</summary>
public sealed class KeptContentTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    [Theory]
    [InlineData(CopyWay.Files)]
    [InlineData(CopyWay.Server)]
    public async Task Copy_OfValuesThatNoLongerFitTheirFields_KeepsThem(CopyWay way)
    {
        using var copy = await OrganizationCopy.CreateAsync(server, way);
        var field = await copy.Source.CreateCustomFieldAsync();
        object[] customFieldValues = [new { customFieldId = field.Text("uid"), data = "text" }];
        var account = await copy.Source.CreateAccountAsync(new { customFieldValues });
        await copy.Source.CreateRecordAsync(Feature.Notes, account.Id);
        await copy.Source.CreateContactAsync();
        var update = new { fieldId = field.Text("uid"), version = 1, updates = new { fieldType = "integer" } };
        (await copy.Source.Client.Patch(Paths.CustomFields, new { fields = new[] { update } })).Expect(200);

        var report = await copy.RunAsync();

        Assert.Empty(report.Refused);
        var copied = Assert.Single(await copy.Target.ListAllAsync(Paths.Accounts));
        Assert.Equal("text", copied.GetProperty("customFieldValues")[0].Text("data"));
        Assert.Single(await copy.Target.ListAllAsync(Feature.PathOf(Feature.Notes)));

        // Also when the account is changed later.
        (await copy.Source.PutAccountAsync(account.Id, new { name = "Changed" })).Expect(200);
        Assert.Empty((await copy.RunAsync()).Refused);
        Assert.Equal("Changed", (await copy.Target.GetAccountAsync(copied.Text("id"))).TextOf("name"));
    }

    [Theory]
    [InlineData(CopyWay.Files)]
    [InlineData(CopyWay.Server)]
    public async Task Copy_OfRelationshipTypesWithInverses_KeepsTheirTimes(CopyWay way)
    {
        using var copy = await OrganizationCopy.CreateAsync(server, way);
        var seller = await copy.Source.CreateRelationshipTypeAsync("Seller");
        await copy.Source.CreateRelationshipTypeAsync("Buyer", seller.Id);
        var sibling = await copy.Source.CreateRelationshipTypeAsync("Sibling");
        (await copy.Source.PutRelationshipTypeAsync(sibling.Id, new { inverseRelationshipId = sibling.Id })).Expect(200);
        var later = await copy.Source.CreateRelationshipTypeAsync("Later");

        Assert.Empty((await copy.RunAsync()).Refused);
        await ExpectSameTimesAsync(copy, "Seller", "Buyer", "Sibling", "Later");

        // The inverse of a type that has been copied before.
        await copy.Source.CreateRelationshipTypeAsync("Latest", later.Id);
        Assert.Empty((await copy.RunAsync()).Refused);
        await ExpectSameTimesAsync(copy, "Seller", "Buyer", "Sibling", "Later", "Latest");
    }

    [Fact]
    public async Task Create_OfATypeWithAnInverse_IsOneChangeOfEach()
    {
        var tenant = await server.CreateTenantAsync();
        var before = await tenant.CreateRelationshipTypeAsync("Seller");

        var created = await tenant.CreateRelationshipTypeAsync("Buyer", before.Id);

        Assert.Equal(created.TextOf("createdAt"), created.TextOf("updatedAt"));
        var after = await tenant.FindRelationshipTypeAsync("Seller");
        Assert.True(string.CompareOrdinal(after.Text("updatedAt"), before.TextOf("updatedAt")) > 0);
    }

    [Theory]
    [InlineData(Feature.Activities)]
    [InlineData(Feature.Notes)]
    [InlineData(Feature.Tasks)]
    public async Task Copy_OfAttachmentsThatWereAddedLater_BringsThem(string feature)
    {
        using var copy = await OrganizationCopy.CreateAsync(server, CopyWay.OtherServer);
        var account = await copy.Source.CreateAccountAsync();
        var record = await copy.Source.CreateRecordAsync(feature, account.Id, new { attachmentUrls = new[] { "https://x.example/a.pdf" } });
        Assert.Empty((await copy.RunAsync()).Refused);
        await copy.Source.UpdateRecordAsync(feature, record.Id, new { attachmentUrls = new[] { "https://x.example/b.pdf" } });

        var report = await copy.RunAsync();

        Assert.Equal(1, report.Kinds.Sum(kind => kind.Changed));
        var copied = Assert.Single(await copy.Target.ListAllAsync(Feature.PathOf(feature)));
        Assert.Equal(["https://x.example/a.pdf", "https://x.example/b.pdf"], copied.Urls());
        Assert.Equal(0, (await copy.RunAsync()).Kinds.Sum(kind => kind.Changed));
    }

    private static async Task ExpectSameTimesAsync(OrganizationCopy copy, params string[] names)
    {
        foreach (var name in names)
        {
            var expected = await copy.Source.FindRelationshipTypeAsync(name);
            var actual = await copy.Target.FindRelationshipTypeAsync(name);
            Assert.Equal(
                (expected.Text("createdAt"), expected.Text("updatedAt")), (actual.Text("createdAt"), actual.Text("updatedAt")));
            Assert.Equal(
                expected.GetProperty("inverseRelationship").GetRawText().Length,
                actual.GetProperty("inverseRelationship").GetRawText().Length);
        }
    }
}
