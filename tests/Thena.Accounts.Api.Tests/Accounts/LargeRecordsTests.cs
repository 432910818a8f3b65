using System.Net;
using System.Text.Json;

namespace Thena.Accounts.Api.Tests.Accounts;

/// <summary>Lists of records that are too large to be in the memory of the server together.</summary>
public sealed class LargeRecordsTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    private const int Count = 27, PerRequest = 9, Fields = 10;

    [Fact]
    public async Task Lists_OfLargeRecords_HaveAllOfThemInOrder()
    {
        var (tenant, ids) = await CreateLargeAccountsAsync();
        string[] newestFirst = [.. ids.Reverse()];

        var first = (await tenant.Client.Get("/v1/accounts?limit=25&includeTotal=true")).Expect(200);
        var second = (await tenant.Client.Get(first.Links()["next"])).Expect(200);
        var found = (await tenant.Client.Get("/v1/accounts?limit=25&search=Large&sort=name&order=ASC")).Expect(200);

        Assert.Equal(newestFirst[..25], first.Each("id"));
        Assert.Equal("27", first.Headers["X-Total-Count"]);
        Assert.Equal("application/json; charset=utf-8", first.Headers["Content-Type"]);
        Assert.Equal(newestFirst[25..], second.Each("id"));
        Assert.DoesNotContain("next", second.Links().Keys);
        Assert.Equal(ids[..25], found.Each("id"));
        Assert.Equal((await tenant.GetAccountAsync(ids[0])).Text, found.Json[0].GetRawText());
    }

    [Theory]
    [InlineData("ids")]
    [InlineData("primary-domains")]
    public async Task Filter_OfLargeRecords_HasAllOfThemInTheOrderAsked(string filter)
    {
        var (tenant, ids) = await CreateLargeAccountsAsync();
        var accounts = (await tenant.Client.Get("/v1/accounts?limit=100")).Expect(200).Json.EnumerateArray()
            .OrderBy(account => account.Text("id")[^3..], StringComparer.Ordinal).ToArray();
        object body = filter == "ids"
            ? new { ids = accounts.Select(account => account.Text("id")).Prepend(Given.UnknownId) }
            : new { primaryDomains = accounts.Select(account => account.Text("primaryDomain")) };

        var found = (await tenant.Client.Post($"/v1/accounts/filter/{filter}", body)).Expect(200);

        Assert.Equal(ids.Length, accounts.Length);
        Assert.Equal(accounts.Select(account => account.GetRawText()), found.Json.EnumerateArray().Select(row => row.GetRawText()));
    }

    /// <summary>The server reads further records when the client has taken those before, so it never holds them all.</summary>
    [Theory]
    [InlineData("GET", "/v1/accounts?limit=100")]
    [InlineData("POST", "/v1/accounts/filter/ids")]
    public async Task List_OfLargeRecords_IsReadWhileTheClientTakesIt(string method, string path)
    {
        var (tenant, ids) = await CreateLargeAccountsAsync();
        string[] newestFirst = [.. ids.Reverse()];
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = method == "POST"
            ? new StringContent(JsonSerializer.Serialize(new { ids = newestFirst }), null, "application/json")
            : null;

        using var response = await tenant.Client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        (await tenant.Client.Delete($"/v1/accounts/{ids[0]}")).Expect(200);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var rows = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(newestFirst[..^1], rows.EnumerateArray().Select(row => row.Text("id")));
    }

    /// <summary>Creates accounts of about 1 MB each.</summary>
    /// <returns>Their IDs, the oldest first.</returns>
    private async Task<(Tenant Tenant, string[] Ids)> CreateLargeAccountsAsync()
    {
        var tenant = await server.CreateTenantAsync();
        var customFieldValues = new List<object>();
        for (var index = 0; index < Fields; index++)
        {
            var field = await tenant.CreateCustomFieldAsync(new { fieldType = "rich_text" });
            customFieldValues.Add(new
            {
                customFieldId = field.Text("uid"),
                data = new string('x', 32_768),
                metadata = new { text = new string('m', 65_000) },
            });
        }

        for (var created = 0; created < Count; created += PerRequest)
        {
            var start = created;
            (await tenant.PostAccountsAsync(Enumerable.Range(start, PerRequest).Select(
                number => Given.Account(new { name = $"Large {number:D2}", customFieldValues })))).Expect(201);
        }

        var rows = (await tenant.Client.Get("/v1/accounts?limit=100&sort=name&order=ASC")).Expect(200);
        return (tenant, rows.Each("id"));
    }
}
