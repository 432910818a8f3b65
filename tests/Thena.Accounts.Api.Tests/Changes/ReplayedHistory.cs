using System.Text.Json;
using System.Text.Json.Nodes;
using Thena.Accounts.Core.Kinds;
using Thena.Accounts.Postgres.Changes;

namespace Thena.Accounts.Api.Tests.Changes;

/// <summary>A record as the entries of its history tell it, from the first to the last.</summary>
public static class ReplayedHistory
{
    private static readonly string[] Skipped =
    [
        "id", "createdAt", "updatedAt", "account", "relatedAccount", "accounts", "metadata", "customFieldValues", "attachments",
        "domain", "size", "customFields", // which only events have
    ];

    /// <summary>Asserts that the history of a record ends in it.</summary>
    /// <param name="tenant">The organization.</param>
    /// <param name="kind">The kind of record.</param>
    /// <param name="id">The ID.</param>
    /// <param name="record">The record as it is.</param>
    /// <param name="fields">The IDs of the custom fields that exist.</param>
    public static async Task ExpectEndsInAsync(Tenant tenant, RecordKind kind, string id, JsonObject record, HashSet<string> fields)
    {
        List<JsonElement> entries = [];
        for (var page = 1; entries.Count == (page - 1) * 100; page++)
        {
            var answer = await tenant.Client.Get($"/{kind.Path}/{id}/history?limit=100&page={page}");
            entries.AddRange(answer.Expect(200).Json.EnumerateArray());
        }

        entries.Reverse();
        Assert.Equal(
            Enumerable.Range(1, entries.Count), entries.Select(entry => entry.GetProperty("version").GetInt32()));
        Dictionary<string, string> values = [];
        foreach (var change in entries.SelectMany(entry => entry.GetProperty("changes").EnumerateArray()))
        {
            var (field, before) = (change.Text("field"), change.GetProperty("before").GetRawText());
            if (!field.Contains('.', StringComparison.Ordinal) && !Skipped.Contains(field))
            {
                Assert.Equal(values.GetValueOrDefault(field, "null"), Plain(before));
            }

            Set(values, field, change.GetProperty("after"));
        }

        var describing = ((IRecordedKind)kind).DescribingMembers;
        foreach (var (name, value) in record.Where(member => !Skipped.Contains(member.Key) && !describing.Contains(member.Key)))
        {
            Assert.True(
                Plain(value?.ToJsonString() ?? "null") == values.GetValueOrDefault(name, "null"),
                $"{kind.Path}/{id}: {name} is {value?.ToJsonString()}, but {values.GetValueOrDefault(name)} in {JsonSerializer.Serialize(entries)}");
        }

        var expected = (record["metadata"] as JsonObject ?? [])
            .Select(member => ($"metadata.{member.Key}", member.Value?.ToJsonString() ?? "null"))
            .Concat((record["customFieldValues"] as JsonArray ?? []).Where(value => fields.Contains((string)value!["customFieldId"]!))
                .Select(value => ($"customFieldValues.{value!["customFieldId"]}", value["data"]?.ToJsonString() ?? "null")));
        Assert.Equal(
            expected.Where(member => member.Item2 != "null").Order().Select(member => $"{member.Item1}={member.Item2}"),
            values.Where(member => member.Value != "null" && (member.Key.StartsWith("metadata.", StringComparison.Ordinal)
                    || (member.Key.StartsWith("customFieldValues.", StringComparison.Ordinal) && fields.Contains(member.Key[18..]))))
                .Select(member => (member.Key, member.Value)).Order().Select(member => $"{member.Key}={member.Value}"));
    }

    private static void Set(Dictionary<string, string> values, string field, JsonElement after)
    {
        switch (field, after.ValueKind)
        {
            // A new record has them as a whole.
            case ("metadata", JsonValueKind.Object):
                foreach (var member in after.EnumerateObject())
                {
                    values[$"metadata.{member.Name}"] = Normal(member.Value);
                }

                break;
            case ("customFieldValues", JsonValueKind.Array):
                foreach (var value in after.EnumerateArray())
                {
                    values[$"customFieldValues.{value.Text("customFieldId")}"] = Normal(value.GetProperty("data"));
                }

                break;
            default:
                values[field] = field.Contains('.', StringComparison.Ordinal) ? Normal(after) : Plain(Normal(after));
                break;
        }
    }

    private static string Normal(JsonElement value) => JsonNode.Parse(value.GetRawText())?.ToJsonString() ?? "null";

    /// <summary>Returns JSON in which an empty value is null, as the history has it.</summary>
    private static string Plain(string json) =>
        JsonNode.Parse(json)?.ToJsonString() is { } text and not ("\"\"" or "[]" or "{}") ? text : "null";
}
