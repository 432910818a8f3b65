using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Thena.Accounts.Samples.Companies;

/// <summary>Loads companies into an organization and works with them, as a back end would.</summary>
/// <param name="client">A client with the server's address and the header <c>x-api-key</c>.</param>
public sealed class CompanyLoader(HttpClient client)
{
    private static readonly string[] Attachments = ["https://files.example/offers/template.pdf"];

    /// <summary>Adds the sectors to the pick list <c>account_industry</c>. Existing values stay.</summary>
    public async Task AddIndustriesAsync(IEnumerable<Company> companies, CancellationToken cancellationToken = default)
    {
        foreach (var sector in companies.Select(company => company.Sector).Distinct(StringComparer.Ordinal))
        {
            using var response = await client.PostAsJsonAsync(
                "/v1/accounts/attributes", new { attribute = "account_industry", value = sector }, cancellationToken);
            if (response.StatusCode != HttpStatusCode.Conflict)
            {
                response.EnsureSuccessStatusCode();
            }
        }
    }

    /// <summary>Creates one account per company, all in one request. Existing accounts stay.</summary>
    /// <returns>The number of created accounts and the number of existing ones.</returns>
    public async Task<(int Created, int Skipped)> AddAccountsAsync(
        IEnumerable<Company> companies, CancellationToken cancellationToken = default)
    {
        var accounts = companies.Select(company => new
        {
            name = company.Name,
            primaryDomain = company.Domain,
            industry = company.Sector,
            billingAddress = company.Headquarters,
            source = "sample",
            metadata = new { company.Symbol, company.SubIndustry, company.DateAdded, company.Cik, company.Founded },
        });
        var answer = await ReadAsync(
            await client.PostAsJsonAsync("/v1/accounts/bulk", new { accounts }, cancellationToken), cancellationToken);
        return (answer.GetProperty("created").GetInt32(), answer.GetProperty("skipped").GetInt32());
    }

    /// <summary>
    /// Ingests people, as an application with these users would. They become contacts of the accounts with their email domains.
    /// </summary>
    /// <param name="people">The people.</param>
    /// <param name="sink">The application: <c>MANUAL</c>, <c>SLACK</c>, <c>TEAMS</c>, <c>INTERCOM</c> or <c>ZENDESK</c>.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <returns>The number of contacts.</returns>
    public async Task<int> IngestAsync(IEnumerable<Person> people, string sink, CancellationToken cancellationToken = default)
    {
        var users = people.Select(person => new { person.FirstName, person.LastName, person.Email });
        var answer = await ReadAsync(
            await client.PostAsJsonAsync("/v1/accounts/contacts/ingest", new { users, sinkSource = sink }, cancellationToken),
            cancellationToken);
        return answer.GetProperty("data").GetArrayLength();
    }

    /// <summary>
    /// Records a first call to each account that has no call yet: the call, a note and two tasks. The first task belongs to the call.
    /// </summary>
    /// <param name="accounts">The accounts.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <returns>The number of accounts that were called.</returns>
    public async Task<int> FollowUpAsync(IEnumerable<JsonElement> accounts, CancellationToken cancellationToken = default)
    {
        var called = (await ListWorkAsync("activities", "type=call", cancellationToken))
            .Select(call => call.GetProperty("accountId").GetString())
            .ToHashSet();
        JsonElement[] uncalled = [.. accounts.Where(account => !called.Contains(account.GetProperty("id").GetString()))];
        await Parallel.ForEachAsync(
            uncalled,
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken },
            async (account, token) =>
                await FollowUpAsync(account.GetProperty("id").GetString()!, account.GetProperty("name").GetString()!, token));
        return uncalled.Length;
    }

    /// <summary>Reads all activities, notes or tasks that match.</summary>
    /// <param name="what"><c>activities</c>, <c>notes</c> or <c>tasks</c>.</param>
    /// <param name="query">Filters, such as <c>status=pending</c>.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public Task<IReadOnlyList<JsonElement>> ListWorkAsync(string what, string query, CancellationToken cancellationToken = default) =>
        WalkAsync($"/v1/accounts/{what}?limit=100&{query}", cancellationToken);

    /// <summary>Reads all accounts that match, page by page, by following the <c>next</c> links.</summary>
    /// <param name="query">Filters, such as <c>industry=Energy</c>.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public Task<IReadOnlyList<JsonElement>> ListAsync(string query, CancellationToken cancellationToken = default) =>
        WalkAsync($"/v1/accounts?limit=100&{query}", cancellationToken);

    /// <summary>Reads all contacts that match.</summary>
    /// <param name="query">Filters, such as <c>accountId=…</c>.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public Task<IReadOnlyList<JsonElement>> ListContactsAsync(string query, CancellationToken cancellationToken = default) =>
        WalkAsync($"/v1/accounts/contacts?limit=100&{query}", cancellationToken);

    /// <summary>Changes some fields of an account.</summary>
    public async Task<JsonElement> UpdateAsync(string id, object changes, CancellationToken cancellationToken = default) =>
        await ReadAsync(await client.PutAsJsonAsync($"/v1/accounts/{id}", changes, cancellationToken), cancellationToken);

    /// <summary>Deletes an account.</summary>
    public async Task DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        using var response = await client.DeleteAsync(new Uri($"/v1/accounts/{id}", UriKind.Relative), cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    private async Task FollowUpAsync(string accountId, string name, CancellationToken cancellationToken)
    {
        var call = await PostAsync("activities", new
        {
            accountId,
            activityTimestamp = "2026-01-15T09:30:00+01:00",
            duration = 15,
            location = "Phone",
            title = $"First call with {name}",
            status = "COMPLETED",
        });
        var assigneeId = call.GetProperty("creatorId").GetString();
        await PostAsync("notes", new { accountId, content = $"{name} wants an offer.", attachmentUrls = Attachments });
        await PostAsync(
            "tasks",
            new { accountId, title = "Send the offer", assigneeId, activityId = call.GetProperty("id").GetString(), priority = "HIGH" });
        await PostAsync("tasks", new { accountId, title = "Call again", assigneeId });

        async Task<JsonElement> PostAsync(string what, object body) =>
            await ReadAsync(await client.PostAsJsonAsync($"/v1/accounts/{what}", body, cancellationToken), cancellationToken);
    }

    private async Task<IReadOnlyList<JsonElement>> WalkAsync(string? next, CancellationToken cancellationToken)
    {
        List<JsonElement> rows = [];
        while (next is not null)
        {
            using var response = await client.GetAsync(next, cancellationToken);
            rows.AddRange((await ReadAsync(response, cancellationToken)).EnumerateArray());
            next = response.Headers.TryGetValues("Link", out var links)
                ? links.SelectMany(link => link.Split(", "))
                    .FirstOrDefault(link => link.EndsWith("rel=\"next\"", StringComparison.Ordinal))?.Split('<', '>')[1]
                : null;
        }

        return rows;
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }
}
