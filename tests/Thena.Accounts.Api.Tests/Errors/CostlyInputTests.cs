namespace Thena.Accounts.Api.Tests.Errors;

/// <summary>Large bodies with many errors. Neither the answer nor the work grows with them.</summary>
public sealed class CostlyInputTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const int Items = 40_000;

    [Theory]
    [InlineData("/v1/accounts/filter/ids", "ids", "1")]
    [InlineData("/v1/accounts/notes", "attachmentUrls", "\"\"")]
    [InlineData("/v1/accounts/notes", "attachmentUrls", "1")]
    [InlineData("/v1/accounts/activities", "participants", "null")]
    public async Task Post_ManyTimesMoreItemsThanAllowedAllOfThemWrong_IsRefusedBriefly(string path, string member, string item)
    {
        var tenant = await server.CreateTenantAsync();
        var body = $"{{\"{member}\":[{string.Join(',', Enumerable.Repeat(item, Items))}]}}";

        var answer = (await tenant.Client.Post(path, body)).Expect(400);

        Assert.True(answer.Text.Length < body.Length, $"{body.Length} bytes were answered with {answer.Text.Length}");
    }
}
