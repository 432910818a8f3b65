
namespace Thena.Accounts.Api.Tests.Attributes;

public sealed class DeleteAttributeValueTests(SharedServer server) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("")]
    [InlineData("?forceDelete=false")]
    [InlineData("?forceDelete=true")]
    [InlineData("?forceDelete=True")]
    [InlineData("?forceDelete=FALSE")]
    public async Task Delete_OfAnUnusedValue_RemovesIt(string query)
    {
        var tenant = await server.CreateTenantAsync();
        var value = await tenant.CreateAttributeValueAsync("account_status", "ONBOARDING");

        var deleted = (await tenant.Client.Delete($"{Paths.AttributeValues}/{value.Id}{query}")).Expect(200);

        Assert.Equal("", deleted.Text);
        Assert.Equal(5, (await tenant.ListAttributeValuesAsync("account_status")).Length);
        (await tenant.Client.Delete($"{Paths.AttributeValues}/{value.Id}{query}")).ExpectError(404, "Resource not found!");
        (await tenant.PutAttributeValueAsync(value.Id, new { icon = "star" })).ExpectError(404, "Resource not found!");
        (await tenant.PostAccountAsync(new { status = value.Id })).ExpectError(404, "Account status not found!");
        (await tenant.PostAccountAsync(new { status = "ONBOARDING" }))
            .ExpectError(404, "Account status not found!");
    }

    [Theory]
    [InlineData("account_status", "")]
    [InlineData("account_status", "?forceDelete=false")]
    [InlineData("account_classification", "")]
    [InlineData("account_health", "")]
    [InlineData("account_industry", "")]
    public async Task Delete_OfAValueInUse_Answers409WithTheCount(string attribute, string query)
    {
        var tenant = await server.CreateTenantAsync();
        var value = await tenant.CreateAttributeValueAsync(attribute, "USED");
        var more = new Dictionary<string, string> { [attribute["account_".Length..]] = value.Id };
        var kept = await tenant.CreateAccountAsync(more);
        await tenant.CreateAccountAsync(more);
        var gone = await tenant.CreateAccountAsync(more);
        (await tenant.DeleteAccountAsync(gone.Id)).Expect(200);

        var refused = (await tenant.Client.Delete($"{Paths.AttributeValues}/{value.Id}{query}"))
            .ExpectError(409, "Attribute value is in use!");

        Assert.Equal(2, refused["usageCount"].GetInt32());
        Assert.Equal(kept.Text, (await tenant.GetAccountAsync(kept.Id)).Text);
    }

    [Theory]
    [MemberData(nameof(AttributeDefaultTests.KindsThatMayBeUnset), MemberType = typeof(AttributeDefaultTests))]
    public async Task Delete_ForcedWithADefault_MovesAccountsToIt(string attribute)
    {
        var tenant = await server.CreateTenantAsync();
        var fallback = await tenant.CreateAttributeValueAsync(attribute, "FALLBACK", new { isDefault = true, icon = "star" });

        var (before, after) = await DeleteForcedAsync(tenant, attribute);

        var member = attribute["account_".Length..];
        Assert.Equal("FALLBACK", after.TextOf(member));
        Assert.Equal(fallback.Id, after.TextOf($"{member}Id"));
        Assert.Equal(fallback["configuration"].GetRawText(), after[$"{member}Configuration"].GetRawText());
        Assert.True(after["updatedAt"].GetDateTimeOffset() > before["updatedAt"].GetDateTimeOffset());
    }

    [Theory]
    [MemberData(nameof(AttributeDefaultTests.KindsThatMayBeUnset), MemberType = typeof(AttributeDefaultTests))]
    public async Task Delete_ForcedWithoutADefault_UnsetsIt(string attribute)
    {
        var tenant = await server.CreateTenantAsync();

        var (_, after) = await DeleteForcedAsync(tenant, attribute);

        AssertUnset(after, attribute["account_".Length..]);
    }

    [Fact]
    public async Task Delete_ForcedOfTheDefaultOfAnAccountKind_UnsetsIt()
    {
        var tenant = await server.CreateTenantAsync();
        var value = await tenant.CreateAttributeValueAsync("account_status", "FIRST", new { isDefault = true });
        var account = await tenant.CreateAccountAsync();
        Assert.Equal("FIRST", account.TextOf("status"));

        (await tenant.DeleteAttributeValueAsync(value.Id, forceDelete: true)).Expect(200);

        AssertUnset(await tenant.GetAccountAsync(account.Id), "status");
        AssertUnset(await tenant.CreateAccountAsync(), "status");
    }

    [Theory]
    [MemberData(nameof(AttributeDefaultTests.KindsWithADefault), MemberType = typeof(AttributeDefaultTests))]
    public async Task Delete_OfTheDefaultOfAMustHaveKind_Answers400(string attribute)
    {
        var tenant = await server.CreateTenantAsync();
        var before = await tenant.FindDefaultValueAsync(attribute);
        var value = await tenant.FindAttributeValueAsync(attribute, before!);

        (await tenant.DeleteAttributeValueAsync(value.Text("id"))).Expect(400);
        (await tenant.DeleteAttributeValueAsync(value.Text("id"), forceDelete: true)).Expect(400);

        Assert.Equal(before, await tenant.FindDefaultValueAsync(attribute));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("yes")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("truefalse")]
    public async Task Delete_WithAForceThatIsNoBoolean_Answers400(string force)
    {
        var tenant = await server.CreateTenantAsync();
        var value = await tenant.CreateAttributeValueAsync("account_status", "ONBOARDING");

        (await tenant.Client.Delete($"{Paths.AttributeValues}/{value.Id}?forceDelete={force}")).ExpectProblem("forceDelete");

        Assert.Equal(6, (await tenant.ListAttributeValuesAsync("account_status")).Length);
    }

    [Fact]
    public async Task Delete_ByManyAtOnce_SucceedsOnce()
    {
        var tenant = await server.CreateTenantAsync();
        var value = await tenant.CreateAttributeValueAsync("account_status", "ONBOARDING");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => tenant.DeleteAttributeValueAsync(value.Id, forceDelete: true)));

        var winner = Assert.Single(answers, answer => (int)answer.Status == 200);
        Assert.All(answers.Except([winner]), answer => answer.ExpectError(404, "Resource not found!"));
    }

    [Fact]
    public async Task Delete_WhileTheValueIsUpdated_LeavesNoOtherDefault()
    {
        var tenant = await server.CreateTenantAsync();
        var first = await tenant.CreateAttributeValueAsync("account_status", "FIRST", new { isDefault = true });
        for (var round = 0; round < 15; round++)
        {
            var value = await tenant.CreateAttributeValueAsync("account_status", $"V{round}");

            var answers = await Task.WhenAll(
                tenant.DeleteAttributeValueAsync(value.Id), tenant.PutAttributeValueAsync(value.Id, new { isDefault = true }));

            answers[0].Expect(200);
            Assert.Contains((int)answers[1].Status, (int[])[200, 404]);
            Assert.Equal((int)answers[1].Status == 200 ? null : "FIRST", await tenant.FindDefaultValueAsync("account_status"));
            (await tenant.PutAttributeValueAsync(first.Id, new { isDefault = true })).Expect(200);
        }
    }

    /// <summary>Whichever request is first, each account has an existing status or none, or its request was refused.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Delete_WhileAccountsTakeTheValue_NeverLeavesADeletedOne(bool isDefault, bool force)
    {
        var tenant = await server.CreateTenantAsync();
        var settled = await tenant.CreateAccountAsync();
        for (var round = 0; round < 15; round++)
        {
            var value = await tenant.CreateAttributeValueAsync("account_status", $"V{round}", new { isDefault });
            var delete = tenant.DeleteAttributeValueAsync(value.Id, force);
            var creates = Enumerable.Range(0, 6).Select(number =>
                tenant.PostAccountAsync(isDefault && number % 2 == 0 ? null : new { status = value.Id }));
            var update = tenant.PutAccountAsync(settled.Id, new { status = $"V{round}" });

            var answers = await Task.WhenAll([delete, update, .. creates]);

            Assert.Contains((int)answers[0].Status, force ? [200] : (int[])[200, 409]);
            Assert.Contains((int)answers[1].Status, (int[])[200, 404]);
            Assert.All(answers[2..], answer => Assert.Contains((int)answer.Status, (int[])[201, 404]));
            var living = (await tenant.ListAttributeValuesAsync("account_status"))
                .ToDictionary(item => item.Text("id"), item => item.Text("value"));
            foreach (var answer in answers[1..].Where(answer => (int)answer.Status < 300))
            {
                var account = await tenant.GetAccountAsync(answer.Id);
                var id = account["statusId"].GetString();
                Assert.Equal(string.IsNullOrEmpty(id) ? "" : living.GetValueOrDefault(id, "a living value"), account.TextOf("status"));
            }
        }
    }

    private static async Task<(Answer Before, Answer After)> DeleteForcedAsync(Tenant tenant, string attribute)
    {
        var value = await tenant.CreateAttributeValueAsync(attribute, "USED");
        var before = await tenant.CreateAccountAsync(new Dictionary<string, string> { [attribute["account_".Length..]] = value.Id });
        (await tenant.DeleteAttributeValueAsync(value.Id, forceDelete: true)).Expect(200);
        return (before, await tenant.GetAccountAsync(before.Id));
    }

    private static void AssertUnset(Answer account, string member)
    {
        Assert.Equal("", account.TextOf(member));
        Assert.Equal("{}", account[$"{member}Configuration"].GetRawText());
        Assert.True(string.IsNullOrEmpty(account[$"{member}Id"].GetString()));
    }
}
