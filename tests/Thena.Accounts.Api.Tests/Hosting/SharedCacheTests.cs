namespace Thena.Accounts.Api.Tests.Hosting;

/// <summary>
/// Answers are for one key. Shared caches know <c>Authorization</c>, but not <c>x-api-key</c>, so answers need <c>Cache-Control</c>.
/// </summary>
public sealed class SharedCacheTests(SharedServer server) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("/v1/accounts")]
    [InlineData("/v1/accounts/notes")]
    [InlineData("/v1/accounts/unknown")]
    public async Task Get_WithAKey_MayNotBeStoredByCaches(string path)
    {
        var tenant = await server.CreateTenantAsync();

        var answer = await tenant.Client.Get(path);

        Assert.True(answer.Headers.TryGetValue("Cache-Control", out var control), "no Cache-Control");
        Assert.Contains("no-store", control, StringComparison.Ordinal);
    }
}
