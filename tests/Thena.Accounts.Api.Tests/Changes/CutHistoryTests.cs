using System.Net;

namespace Thena.Accounts.Api.Tests.Changes;

/// <summary>A database that goes away while a long history is sent.</summary>
public sealed class CutHistoryTests(ProxiedAccountsServer server) : IClassFixture<ProxiedAccountsServer>
{
    [Fact]
    public async Task History_WhoseRestCannotBeRead_EndsWithoutAnotherResponse()
    {
        var tenant = await server.CreateTenantAsync();
        var account = await tenant.CreateLargeAccountAsync(updates: 8);

        // The first portion is short: only the changed members are shown.
        server.Proxy.Delay = TimeSpan.FromMilliseconds(20);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/accounts/{account}/history");
        request.Headers.Add("x-api-key", tenant.Key.Key);
        using var client = server.CreateClient();
        using var response = await client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        server.Proxy.Stop();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Assert.ThrowsAnyAsync<HttpRequestException>(
            () => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
