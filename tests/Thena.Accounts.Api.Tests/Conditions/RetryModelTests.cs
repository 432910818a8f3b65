namespace Thena.Accounts.Api.Tests.Conditions;

/// <summary>
/// Random creations, updates and deletions of accounts, compared with a model after each sequence. Requests are sent once or twice, with
/// and without a key, and some answers of requests with a key are lost.
/// </summary>
public sealed class RetryModelTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    private const string Header = "Idempotency-Key";
    private const int Steps = 60;

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 10)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Accounts_AfterRandomRequestsWithRepetitionsAndLostAnswers_EqualTheModel(int seed)
    {
        var random = new Random(seed);
        var tenant = await server.CreateTenantAsync();
        var model = new Dictionary<string, (string Id, string Description)>();
        string[] domains = [.. Enumerable.Range(0, 6).Select(index => $"d{index}.example")];
        for (var step = 0; step < Steps; step++)
        {
            var domain = domains[random.Next(domains.Length)];
            var description = $"{seed}.{step}";
            var known = model.TryGetValue(domain, out var record);
            var kind = known ? random.Next(3) : 0;
            var request = kind switch
            {
                0 => new WriteRequest(HttpMethod.Post, Paths.Accounts, Given.Account(new { primaryDomain = domain, description })),
                1 => new WriteRequest(HttpMethod.Put, $"{Paths.Accounts}/{record.Id}", Given.Merge(new { description })),
                _ => new WriteRequest(HttpMethod.Delete, $"{Paths.Accounts}/{record.Id}"),
            };
            var hasKey = random.Next(2) == 0;
            (string, string)[] headers = hasKey ? [(Header, $"\"{seed}-{step}\"")] : [];
            if (hasKey && random.Next(3) == 0)
            {
                await LoseAnswerAsync(tenant.Client, request, headers, TimeSpan.FromMilliseconds(random.Next(1, 12)));
            }

            var answer = await SendAsync(tenant.Client, request, headers);
            var repeated = random.Next(2) == 0 ? await SendAsync(tenant.Client, request, headers) : null;

            Assert.Equal(kind == 0 ? known ? 409 : 201 : 200, (int)answer.Status);
            if (repeated is not null)
            {
                Assert.Equal(
                    hasKey || kind == 1 ? (int)answer.Status : kind == 0 ? 409 : 404,
                    (int)repeated.Status);
                Assert.True(!hasKey || repeated.Text == answer.Text, $"{repeated.Text} is not {answer.Text}");
            }

            switch (kind)
            {
                case 0 when !known:
                    model[domain] = (answer.Id, description);
                    break;
                case 1:
                    model[domain] = (record.Id, description);
                    break;
                case 2:
                    model.Remove(domain);
                    break;
            }
        }

        var rows = await tenant.ListAllAsync(Paths.Accounts);
        Assert.Equal(
            model.Select(entry => (entry.Key, entry.Value.Id, entry.Value.Description)).Order(),
            rows.Select(row => (row.Text("primaryDomain"), row.Text("id"), row.Text("description"))).Order());
    }

    /// <summary>Sends a request whose client gives up, at a moment when the server may have done its work or not.</summary>
    private static async Task LoseAnswerAsync(HttpClient client, WriteRequest request, (string, string)[] headers, TimeSpan patience)
    {
        using var cancellation = new CancellationTokenSource(patience);
        try
        {
            await client.Send(request, headers).WaitAsync(cancellation.Token);
        }
        catch (OperationCanceledException)
        {
            // The answer is lost. The request goes on at the server while the next one is sent.
        }
    }

    /// <summary>Sends a request, again while the server is still busy with the same one.</summary>
    private static async Task<Answer> SendAsync(HttpClient client, WriteRequest request, (string, string)[] headers)
    {
        while (true)
        {
            var answer = await client.Send(request, headers);
            if ((int)answer.Status != 409 || !answer.Headers.ContainsKey("Retry-After"))
            {
                return answer;
            }
        }
    }
}
