using System.Text.Json.Nodes;

namespace Thena.Accounts.Api.Tests.Conditions;

/// <summary>
/// Random creations, updates and deletions of accounts and contacts, compared with a model after each sequence. Requests are sent once or
/// twice, with and without a key, and some answers of requests with a key are lost.
/// </summary>
public sealed class RetryModelTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const string Header = "Idempotency-Key";
    private const int Steps = 80;

    private static readonly RecordKind[] Kinds =
    [
        new(Paths.Accounts, "primaryDomain", "description", members => Given.Account(members)),
        new(Paths.Contacts, "email", "lastName", members => Given.Contact(members)),
    ];

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 10)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Records_AfterRandomRequestsWithRepetitionsAndLostAnswers_EqualTheModel(int seed)
    {
        var random = new Random(seed);
        var tenant = await server.CreateTenantAsync();
        var model = new Dictionary<(RecordKind Kind, string Name), (string Id, string Text)>();
        for (var step = 0; step < Steps; step++)
        {
            var kind = Kinds[random.Next(Kinds.Length)];
            var name = kind.Name(random.Next(6));
            var text = $"{seed}.{step}";
            var known = model.TryGetValue((kind, name), out var record);
            HttpMethod[] methods = known ? [HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete] : [HttpMethod.Post];
            var method = methods[random.Next(methods.Length)];
            var request = kind.Request(method, record.Id, name, text);
            var hasKey = random.Next(2) == 0;
            (string, string)[] headers = hasKey ? [(Header, $"\"{seed}-{step}\"")] : [];
            if (hasKey && random.Next(3) == 0)
            {
                await LoseAnswerAsync(tenant.Client, request, headers, TimeSpan.FromMilliseconds(random.Next(1, 12)));
            }

            var answer = await SendAsync(tenant.Client, request, headers);
            var repeated = random.Next(2) == 0 ? await SendAsync(tenant.Client, request, headers) : null;

            Assert.Equal(method == HttpMethod.Post ? known ? 409 : 201 : 200, (int)answer.Status);
            if (repeated is not null)
            {
                Assert.Equal(
                    hasKey || method == HttpMethod.Put ? (int)answer.Status : method == HttpMethod.Post ? 409 : 404,
                    (int)repeated.Status);
                Assert.True(!hasKey || repeated.Text == answer.Text, $"{repeated.Text} is not {answer.Text}");
            }

            if (method == HttpMethod.Delete)
            {
                model.Remove((kind, name));
            }
            else if (method == HttpMethod.Put || !known)
            {
                model[(kind, name)] = (answer.Id, text);
            }
        }

        foreach (var kind in Kinds)
        {
            var rows = await tenant.ListAllAsync(kind.Path);
            Assert.Equal(
                model.Where(entry => entry.Key.Kind == kind).Select(entry => (entry.Key.Name, entry.Value.Id, entry.Value.Text)).Order(),
                rows.Select(row => (row.Text(kind.UniqueMember), row.Text("id"), row.Text(kind.TextMember))).Order());
        }
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

    /// <summary>A kind of record with a unique name and a text that changes.</summary>
    private sealed record RecordKind(string Path, string UniqueMember, string TextMember, Func<JsonObject, JsonObject> Create)
    {
        public string Name(int index) => UniqueMember == "email" ? $"p{index}@example.com" : $"d{index}.example";

        public WriteRequest Request(HttpMethod method, string? id, string name, string text) => method == HttpMethod.Post
            ? new(method, Path, Create(new JsonObject { [UniqueMember] = name, [TextMember] = text }))
            : new(method, $"{Path}/{id}", method == HttpMethod.Put ? new JsonObject { [TextMember] = text } : null);
    }
}
