using System.Globalization;
using System.Text.Json;

namespace Thena.Accounts.Api.Tests.Changes;

/// <summary>A consumer that follows the feed from a position.</summary>
/// <param name="tenant">The organization.</param>
/// <param name="query">What it asks for beside the position.</param>
/// <param name="cursor">The position; null for the oldest event.</param>
public sealed class FeedFollower(Tenant tenant, string query = "limit=1000", string? cursor = null)
{
    /// <summary>The position after what has been read.</summary>
    public string? Cursor { get; private set; } = cursor;

    /// <summary>The events that have been read.</summary>
    public List<JsonElement> Events { get; } = [];

    /// <summary>The IDs of the events that have been read.</summary>
    public IEnumerable<string> Ids => Events.Select(one => one.Text("eventId"));

    /// <summary>The types of the events that have been read.</summary>
    public IEnumerable<string> Types => Events.Select(one => one.Text("eventType"));

    /// <summary>Returns a consumer that begins now.</summary>
    public static async Task<FeedFollower> FromNowAsync(Tenant tenant, string query = "limit=1000") => new(
        tenant, query, (await tenant.Client.Get($"/v1/accounts/events?after=latest&limit=1")).Expect(200).TextOf("nextCursor"));

    /// <summary>Reads one part.</summary>
    /// <returns>Whether there is more.</returns>
    public async Task<bool> ReadAsync()
    {
        var page = (await tenant.Client.Get($"/v1/accounts/events?{query}{(Cursor is null ? "" : $"&after={Cursor}")}")).Expect(200);
        Events.AddRange(page["events"].EnumerateArray());
        Cursor = page.TextOf("nextCursor");
        return page["hasMore"].GetBoolean();
    }

    /// <summary>Reads to the end.</summary>
    public async Task<FeedFollower> ReadToEndAsync()
    {
        while (await ReadAsync())
        {
        }

        return this;
    }

    /// <summary>Reads until work has ended, and then to the end.</summary>
    public async Task FollowAsync(Task work)
    {
        while (!work.IsCompleted)
        {
            await ReadAsync();
        }

        await ReadToEndAsync();
    }

    /// <summary>Asserts that each record's versions rise by one.</summary>
    public void ExpectVersionsRise()
    {
        foreach (var record in Events.GroupBy(IdOfRecord))
        {
            var versions = record.Select(one => one.GetProperty("metadata").GetProperty("version").GetInt32()).ToList();
            Assert.True(
                versions.Zip(versions.Skip(1)).All(pair => pair.Second == pair.First + 1),
                string.Create(CultureInfo.InvariantCulture, $"{record.Key} has the versions {string.Join(", ", versions)}"));
        }
    }

    /// <summary>Returns the ID of the record that an event tells of.</summary>
    public static string IdOfRecord(JsonElement one)
    {
        var record = one.GetProperty("payload").EnumerateObject().Select(member => member.Value)
            .First(value => value.ValueKind == JsonValueKind.Object);
        return record.TryGetProperty("id", out var id) ? id.GetString()! : record.Text("uid");
    }
}
