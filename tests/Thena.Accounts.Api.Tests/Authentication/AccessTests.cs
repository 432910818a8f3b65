using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.Tests.Authentication;

public sealed class AccessTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const string TierTooLow =
        """{"statusCode":403,"message":"This endpoint is only available """ +
        """for standard and enterprise tier organizations.","error":"Forbidden"}""";

    private const string NoAccess = """{"statusCode":403,"message":"User does not have access to this resource!","error":"Forbidden"}""";

    public static TheoryData<string, string> AccountOperations => new()
    {
        { "GET", "/v1/accounts" },
        { "POST", "/v1/accounts" },
        { "POST", "/v1/accounts/filter/ids" },
        { "POST", "/v1/accounts/filter/primary-domains" },
        { "POST", "/v1/accounts/bulk" },
        { "GET", $"/v1/accounts/{Given.UnknownId}" },
        { "PUT", $"/v1/accounts/{Given.UnknownId}" },
        { "DELETE", $"/v1/accounts/{Given.UnknownId}" },
    };

    [Theory]
    [MemberData(nameof(AccountOperations))]
    public async Task AccountOperation_OfTheFreeTier_Answers403(string method, string path)
    {
        var tenant = await server.CreateTenantAsync(OrganizationTier.Free);

        foreach (var body in (string?[])["{", "{}", Given.Account().ToJsonString()])
        {
            var answer = (await tenant.Client.Send(new HttpMethod(method), path, method is "POST" or "PUT" ? body : null)).Expect(403);

            Assert.Equal(TierTooLow, answer.Text);
            Assert.Equal("application/json; charset=utf-8", answer.Headers["Content-Type"]);
        }
    }

    [Fact]
    public async Task AttributesAndCustomFields_OfTheFreeTier_Work()
    {
        var tenant = await server.CreateTenantAsync(OrganizationTier.Free);

        var value = await tenant.CreateAttributeValueAsync("account_status", "ONBOARDING");
        (await tenant.PutAttributeValueAsync(value.Id, new { icon = "star" })).Expect(200);
        (await tenant.DeleteAttributeValueAsync(value.Id)).Expect(200);
        Assert.Equal(5, (await tenant.ListAttributeValuesAsync("account_status")).Length);
        var fieldId = (await tenant.CreateCustomFieldAsync()).Text("uid");
        (
            await tenant.Client.Patch(
                "/v1/custom-field", new { fields = new[] { new { fieldId, version = 1, updates = new { hintText = "h" } } } })).Expect(200);
        Assert.Single(await tenant.ListCustomFieldsAsync());
        (await tenant.Client.Get("/v1/accounts/account-custom-fields")).Expect(200);
        (await tenant.Client.Get("/v1/custom-field/types")).Expect(200);
        (await tenant.Client.Post("/v1/custom-field/delete", new { fields = new[] { new { fieldId } } })).Expect(200);
    }

    [Theory]
    [InlineData("GET", "/v1/accounts", true)]
    [InlineData("POST", "/v1/accounts/filter/ids", true)]
    [InlineData("POST", "/v1/accounts/filter/primary-domains", true)]
    [InlineData("GET", "/v1/accounts/" + Given.UnknownId, true)]
    [InlineData("GET", "/v1/accounts/attributes?attribute=account_status", true)]
    [InlineData("GET", "/v1/accounts/account-custom-fields", true)]
    [InlineData("GET", "/v1/custom-field", true)]
    [InlineData("GET", "/v1/custom-field/types", true)]
    [InlineData("GET", "/v1/accounts/contacts/" + Given.UnknownId, true)]
    [InlineData("GET", "/v1/accounts/relationships/" + Given.UnknownId, true)]
    [InlineData("GET", "/v1/accounts/activities/" + Given.UnknownId, true)]
    [InlineData("GET", "/v1/accounts/notes/" + Given.UnknownId, true)]
    [InlineData("GET", "/v1/accounts/tasks/" + Given.UnknownId, true)]
    [InlineData("POST", "/v1/accounts", false)]
    [InlineData("POST", "/v1/accounts/bulk", false)]
    [InlineData("PUT", "/v1/accounts/" + Given.UnknownId, false)]
    [InlineData("DELETE", "/v1/accounts/" + Given.UnknownId, false)]
    [InlineData("POST", "/v1/accounts/attributes", false)]
    [InlineData("PUT", "/v1/accounts/attributes/" + Given.UnknownId, false)]
    [InlineData("DELETE", "/v1/accounts/attributes/" + Given.UnknownId, false)]
    [InlineData("POST", "/v1/custom-field", false)]
    [InlineData("PATCH", "/v1/custom-field", false)]
    [InlineData("POST", "/v1/custom-field/delete", false)]
    public async Task Operation_WithAKeyOfOneScope_NeedsTheRightOne(string method, string path, bool reads)
    {
        var tenant = await server.CreateTenantAsync();
        using var reader = server.CreateClient((await server.CreateKeyAsync(tenant.User.Id, ApiKeyScopes.Read)).Key);
        using var writer = server.CreateClient((await server.CreateKeyAsync(tenant.User.Id, ApiKeyScopes.Write)).Key);
        var (allowed, refused) = reads ? (reader, writer) : (writer, reader);
        var body = method is "GET" or "DELETE" ? null : "{}";

        Assert.NotEqual(403, (int)(await allowed.Send(new HttpMethod(method), path, body)).Status);
        var answer = (await refused.Send(new HttpMethod(method), path, body)).Expect(403);

        Assert.Equal(NoAccess, answer.Text);
        Assert.Equal("application/json; charset=utf-8", answer.Headers["Content-Type"]);
    }
}
