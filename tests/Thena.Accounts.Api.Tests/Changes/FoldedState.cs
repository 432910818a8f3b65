using System.Text.Json;
using System.Text.Json.Nodes;
using Thena.Accounts.Core.Kinds;

namespace Thena.Accounts.Api.Tests.Changes;

/// <summary>
/// What a consumer of the feed knows: the records of an organization, from their lists and from the events since then. Names of other
/// records are left out, as their own events tell of them.
/// </summary>
public sealed class FoldedState
{
    private static readonly RecordKind[] Kinds = [.. RecordKinds.All.Where(kind => kind.EventName.Length > 0)];

    private readonly Dictionary<string, SortedDictionary<string, (int Version, JsonObject Record)>> _records =
        Kinds.ToDictionary(kind => kind.PayloadName, _ => new SortedDictionary<string, (int, JsonObject)>(StringComparer.Ordinal));

    private string _cursor = "";

    /// <summary>The events that have been read.</summary>
    public List<JsonElement> Events { get; } = [];

    /// <summary>Takes a cursor, and then reads all lists.</summary>
    public static async Task<FoldedState> BeginAsync(Tenant tenant)
    {
        var state = new FoldedState
        {
            _cursor = (await tenant.Client.Get("/v1/accounts/events?after=latest&limit=1")).Expect(200).TextOf("nextCursor"),
        };
        foreach (var (kind, records) in await ListAllAsync(tenant))
        {
            foreach (var record in records)
            {
                state._records[kind][IdOf(record)] = (0, record);
            }
        }

        return state;
    }

    /// <summary>Follows the feed to its end.</summary>
    public async Task FollowAsync(Tenant tenant)
    {
        var hasMore = true;
        while (hasMore)
        {
            var page = (await tenant.Client.Get($"/v1/accounts/events?after={_cursor}&limit=100")).Expect(200);
            foreach (var one in page["events"].EnumerateArray())
            {
                Events.Add(one);
                Apply(one);
            }

            (_cursor, hasMore) = (page.TextOf("nextCursor"), page["hasMore"].GetBoolean());
        }
    }

    /// <summary>The records of a kind, by their IDs.</summary>
    public IEnumerable<KeyValuePair<string, JsonObject>> RecordsOf(RecordKind kind) =>
        _records[kind.PayloadName].Select(known => KeyValuePair.Create(known.Key, known.Value.Record));

    /// <summary>Asserts that the records are those that the API lists.</summary>
    public async Task ExpectListedAsync(Tenant tenant)
    {
        foreach (var (kind, records) in await ListAllAsync(tenant))
        {
            var known = _records[kind].Values.Select(known => known.Record);
            Assert.Equal(
                records.OrderBy(IdOf, StringComparer.Ordinal).Select(record => Comparable(record).ToJsonString()),
                known.Select(record => Comparable(record).ToJsonString()));
        }
    }

    private void Apply(JsonElement one)
    {
        var kind = Kinds.Single(kind => kind.EventName == one.Text("eventType").Split(':')[0]);
        var payload = one.GetProperty("payload");
        var version = one.GetProperty("metadata").GetProperty("version").GetInt32();
        var records = _records[kind.PayloadName];
        if (one.Text("eventType").EndsWith(":erased", StringComparison.Ordinal))
        {
            records.Remove(payload.GetProperty(kind.PayloadName).Text("id"));
            return;
        }

        var before = payload.GetProperty($"previous{char.ToUpperInvariant(kind.PayloadName[0])}{kind.PayloadName[1..]}");
        if (before.ValueKind == JsonValueKind.Object)
        {
            var previous = JsonObject.Create(before)!;
            Assert.Equal(Comparable(records[IdOf(previous)].Record).ToJsonString(), Comparable(previous).ToJsonString());
        }

        if (payload.GetProperty(kind.PayloadName) is { ValueKind: JsonValueKind.Object } after)
        {
            var record = JsonObject.Create(after)!;
            Assert.True(version > (records.TryGetValue(IdOf(record), out var known) ? known.Version : 0), one.GetRawText());
            records[IdOf(record)] = (version, record);
        }
        else
        {
            Assert.True(records.Remove(IdOf(JsonObject.Create(before)!)), one.GetRawText());
        }
    }

    private static async Task<Dictionary<string, List<JsonObject>>> ListAllAsync(Tenant tenant)
    {
        Dictionary<string, List<JsonObject>> all = [];
        foreach (var kind in Kinds)
        {
            List<JsonObject> records = [];
            foreach (var list in kind.Lists)
            {
                records.AddRange(await ListAsync(tenant, list));
            }

            all[kind.PayloadName] = records;
        }

        return all;
    }

    private static async Task<List<JsonObject>> ListAsync(Tenant tenant, RecordList list)
    {
        List<JsonObject> records = [];
        for (var page = list.FirstPage; ; page++)
        {
            var separator = list.Path.Contains('?', StringComparison.Ordinal) ? "&" : "?";
            var answer = (await tenant.Client.Get($"/{list.Path}{separator}limit=100{(page is null ? "" : $"&page={page}")}")).Expect(200);
            var rows = answer.Json.ValueKind == JsonValueKind.Array ? answer.Json : answer["data"];
            records.AddRange(rows.EnumerateArray().Select(row => JsonObject.Create(row)!));
            if (page is null || rows.GetArrayLength() < 100)
            {
                return records;
            }
        }
    }

    private static string IdOf(JsonObject record) => (string)(record["id"] ?? record["uid"])!;

    /// <summary>Returns a record without the names of other records.</summary>
    private JsonObject Comparable(JsonObject record)
    {
        var copy = (JsonObject)record.DeepClone();
        foreach (var name in copy.Select(member => member.Key).ToList())
        {
            if (name is "account" or "relatedAccount" or "inverseRelationship" or "domain" or "size" or "customFields"
                || copy.ContainsKey($"{name}Id") || (name.EndsWith("Configuration", StringComparison.Ordinal)))
            {
                copy.Remove(name);
            }
            else if (name is "accounts")
            {
                copy[name] = new JsonArray([.. copy[name]!.AsArray().Select(account => (JsonNode?)(string)account!["id"]!)]);
            }
            else if (name is "relationshipType" && copy[name] is JsonObject type)
            {
                copy[name] = (string)type["id"]!;
            }
            else if (name is "customFieldValues")
            {
                copy[name] = new JsonArray([.. copy[name]!.AsArray()
                    .Where(value => _records["customField"].ContainsKey((string)value!["customFieldId"]!))
                    .Select(value => value!.DeepClone())]);
            }
        }

        return copy;
    }
}
