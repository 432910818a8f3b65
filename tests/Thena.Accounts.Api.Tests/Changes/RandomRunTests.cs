using System.Text.Json.Nodes;
using Thena.Accounts.Core.Kinds;

namespace Thena.Accounts.Api.Tests.Changes;

/// <summary>
/// Long random runs of all writes. Whoever follows the feed then knows what the API lists, and the history of each record ends in it.
/// </summary>
public sealed class RandomRunTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const int Steps = 300;

    private static readonly string[] Keys =
        ["plan", "a.b", "a", "\"q\"", "__proto__", "é,ü", "", " ", "metadata", "status", "a\\b", "<script>", "😀", "%", "$1", "'"];

    private static readonly string[] Values =
    [
        "1", "1.0", "1e400", "-0", "null", "true", "\"\"", "\"\\u0001\"", "\"'\\\"\\\\\"", "[]", "{}", "[1,[2,[3]]]", "{\"a.b\":{\"\":null}}", "\"😀<>&\"",
    ];

    private static readonly string[] FieldTypes = ["single_line", "integer", "decimal", "boolean", "coordinates", "date"];

    private static readonly string[] Data =
        ["\"text\"", "7", "1.50", "true", "{\"longitude\":1,\"latitude\":2}", "\"2024-02-29\"", "null", "\"\""];

    public static TheoryData<int> Seeds { get; } = [1, 21, 24];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Feed_AfterARandomRun_FoldsToWhatTheApiListsAndHistoriesEndInIt(int seed)
    {
        var tenant = await server.CreateTenantAsync();
        var state = await FoldedState.BeginAsync(tenant);
        var run = new Run(tenant, new Random(seed));
        for (var step = 0; step < Steps; step++)
        {
            var (what, status) = await run.StepAsync();
            Assert.True(status is >= 200 and < 300 or 400 or 404 or 409, $"Seed {seed}, step {step}: {what} answered {status}");
            if (step % 50 == 0)
            {
                await state.FollowAsync(tenant);
            }
        }

        await state.FollowAsync(tenant);
        await state.ExpectListedAsync(tenant);
        var fields = state.RecordsOf(RecordKinds.All.Single(kind => kind.PayloadName == "customField"))
            .Select(field => field.Key)
            .ToHashSet();
        var kinds = RecordKinds.All
            .Where(kind => kind.PayloadName is "account" or "contact" or "relationship" or "activity" or "note" or "task");
        foreach (var kind in kinds)
        {
            foreach (var (id, record) in state.RecordsOf(kind).Take(25))
            {
                await ReplayedHistory.ExpectEndsInAsync(tenant, kind, id, record, fields);
            }
        }
    }

    private sealed class Run(Tenant tenant, Random random)
    {
        private readonly List<string> _accounts = [];
        private readonly List<string> _contacts = [];
        private readonly List<string> _statuses = [];
        private readonly List<(string Feature, string Id)> _records = [];
        private readonly Dictionary<string, List<string>> _fields = new() { ["account"] = [], ["customer_contact"] = [] };

        public async Task<(string What, int Status)> StepAsync()
        {
            var step = random.Next(20);
            return (step, Any(_accounts), Any(_contacts)) switch
            {
                (0 or 1, _, _) or (_, null, _) => await AddAsync(_accounts, Paths.Accounts, Given.Account(Members("account"))),
                (2 or 3, _, _) or (_, _, null) => await AddAsync(_contacts, Paths.Contacts, Given.Contact(Members("customer_contact"))),
                ( <= 6, { } account, _) => await SendAsync(HttpMethod.Put, $"{Paths.Accounts}/{account}", Members("account")),
                ( <= 9, _, { } contact) => await SendAsync(HttpMethod.Put, $"{Paths.Contacts}/{contact}", Members("customer_contact")),
                (10, { } account, _) => await DeleteAsync(_accounts, Paths.Accounts, account),
                (11, _, { } contact) => random.Next(2) == 0
                    ? await DeleteAsync(_contacts, Paths.Contacts, contact)
                    : await SendAsync(HttpMethod.Post, $"{Paths.Contacts}/{contact}/erase", new JsonObject()),
                (12, _, _) => await AddFieldAsync(),
                (13, _, _) => await ChangeStatusesAsync(),
                (14, { } account, _) => await SendAsync(HttpMethod.Post, Paths.Relationships, Given.Merge(new
                {
                    accountId = account,
                    relatedAccountId = Any(_accounts),
                    relationshipType = await tenant.FindRelationshipTypeIdAsync("Parent"),
                })),
                (15 or 16, { } account, _) => await AddRecordAsync(account),
                (17, _, _) when Any(_records) is { Id: not null } record => await SendAsync(
                    HttpMethod.Put,
                    Feature.PathOf(record.Feature, record.Id),
                    Given.Merge(new { metadata = Metadata(), content = $"{random.Next()}" })),
                (18, { } account, _) => await SendAsync(HttpMethod.Post, $"{Paths.Contacts}/ingest", Given.Merge(new
                {
                    sinkSource = "SLACK",
                    users = new[]
                    {
                        new { email = $"{random.Next(4)}@shared.example", firstName = $"{random.Next()}", metadata = Metadata() },
                    },
                })),
                _ => await AnyOperationAsync(),
            };
        }

        private JsonObject Members(string source)
        {
            var members = new JsonObject();
            for (var count = random.Next(1, 4); count > 0; count--)
            {
                var (name, value) = random.Next(5) switch
                {
                    0 => ("metadata", Metadata()),
                    1 when Any(_fields[source]) is { } field => ("customFieldValues", new JsonArray(
                        new JsonObject { ["customFieldId"] = field, ["data"] = JsonNode.Parse(Any(Data)!) })),
                    1 => ("customFieldValues", new JsonArray()),
                    2 when source == "account" => ("status", Any(_statuses) ?? "ACTIVE"),
                    2 => ("accountIds", new JsonArray([.. Enumerable.Range(0, random.Next(3))
                        .Select(_ => Any(_accounts))
                        .OfType<string>()
                        .Distinct()
                        .Select(id => (JsonNode)id)])),
                    3 when source == "account" => ("description", random.Next(3) == 0 ? null : $"{random.Next()}"),
                    3 => ("lastName", $"{random.Next()}"),
                    _ => (source == "account" ? "name" : "firstName", (JsonNode)$"{random.Next()}"),
                };
                members[name] = value;
            }

            return members;
        }

        private JsonObject Metadata()
        {
            var metadata = new JsonObject();
            for (var count = random.Next(4); count > 0; count--)
            {
                metadata[Any(Keys)!] = JsonNode.Parse(Any(Values)!);
            }

            return metadata;
        }

        private async Task<(string What, int Status)> AddAsync(List<string> ids, string path, JsonObject body)
        {
            var answer = await tenant.Client.Post(path, body);
            if ((int)answer.Status == 201)
            {
                ids.Add(answer.Id);
            }

            return ($"POST {path} {body.ToJsonString()}: {answer.Text}", (int)answer.Status);
        }

        private async Task<(string What, int Status)> AddRecordAsync(string account)
        {
            var feature = Any([Feature.Activities, Feature.Notes, Feature.Tasks])!;
            var answer = await tenant.PostRecordAsync(feature, account, new { metadata = Metadata() });
            if ((int)answer.Status == 201)
            {
                _records.Add((feature, answer.Id));
            }

            return ($"POST {feature}: {answer.Text}", (int)answer.Status);
        }

        private async Task<(string What, int Status)> DeleteAsync(List<string> ids, string path, string id)
        {
            if (random.Next(3) > 0)
            {
                ids.Remove(id);
            }
            else
            {
                id = Given.UnknownId;
            }

            return await SendAsync(HttpMethod.Delete, $"{path}/{id}", null);
        }

        private async Task<(string What, int Status)> AddFieldAsync()
        {
            var source = Any(["account", "customer_contact"])!;
            if (_fields[source].Count > 3)
            {
                var fieldId = Any(_fields[source])!;
                _fields[source].Remove(fieldId);
                return await SendAsync(
                    HttpMethod.Post, $"{Paths.CustomFields}/delete", Given.Merge(new { fields = new[] { new { fieldId } } }));
            }

            _fields[source].Add((await tenant.CreateCustomFieldAsync(new { source, fieldType = Any(FieldTypes) })).Text("uid"));
            return ("POST field", 201);
        }

        private async Task<(string What, int Status)> ChangeStatusesAsync()
        {
            if (_statuses.Count > 2)
            {
                var name = Any(_statuses)!;
                _statuses.Remove(name);
                var id = await tenant.FindAttributeValueIdAsync("account_status", name);
                return ("DELETE status", (int)(await tenant.DeleteAttributeValueAsync(id, forceDelete: true)).Status);
            }

            _statuses.Add($"S{random.Next()}");
            await tenant.CreateAttributeValueAsync("account_status", _statuses[^1], new { isDefault = random.Next(4) == 0 });
            return ("POST status", 201);
        }

        private async Task<(string What, int Status)> AnyOperationAsync()
        {
            var request = await WriteOperation.PrepareAsync(Any(WriteOperation.Names)!, tenant);
            return await SendAsync(request.Method, request.Path, request.Body);
        }

        private async Task<(string What, int Status)> SendAsync(HttpMethod method, string path, JsonObject? body)
        {
            (string, string)[] key = random.Next(3) == 0 ? [("Idempotency-Key", $"{Guid.CreateVersion7()}")] : [];
            var answer = await tenant.Client.Send(method, path, body, headers: key);
            return ($"{method} {path} {body?.ToJsonString()}: {answer.Text}", (int)answer.Status);
        }

        private T? Any<T>(IReadOnlyList<T> all) => all.Count == 0 ? default : all[random.Next(all.Count)];
    }
}
