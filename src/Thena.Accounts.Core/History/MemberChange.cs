using System.Text;
using System.Text.Json;
using Thena.Accounts.Core.Events;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Kinds;
using Thena.Accounts.Postgres.Changes;

namespace Thena.Accounts.Core.History;

/// <summary>A changed member of a record.</summary>
/// <param name="Field" example="status">
/// The member, such as <c>status</c> or <c>metadata.plan</c>. For a custom field value: <c>customFieldValues.</c> and the ID of the field.
/// </param>
/// <param name="Before" example="&quot;ACTIVE&quot;">The value before the change; <c>null</c> if there was none. Names are those of that
/// time.</param>
/// <param name="After" example="&quot;CHURNED&quot;">The value after the change; <c>null</c> if there is none.</param>
public sealed record MemberChange(string Field, RawJson? Before, RawJson? After)
{
    private const string Metadata = "metadata";
    private const string CustomFieldValues = "customFieldValues";

    private static readonly string[] Fixed = ["id", "uid", "createdAt", "updatedAt"];
    private static readonly string[] Empty = ["null", "\"\"", "[]", "{}"];

    /// <summary>Returns the changed members.</summary>
    /// <param name="seen">The change.</param>
    /// <param name="field">The only member to return, if it is given.</param>
    internal static IReadOnlyList<MemberChange> Of(SeenChange seen, string? field)
    {
        if (seen.IsErased)
        {
            return [];
        }

        var changed = seen is { Before: not null, After: not null }
            ? JsonElement.Parse(seen.Change.Changed.Span).EnumerateArray().Select(member => member.GetString()!)

            // A key of a new or deleted record's metadata is not a member of its own.
            : FilledMembers(seen).Select(name => field?.StartsWith($"{name}.", StringComparison.Ordinal) == true ? field : name);
        return
        [
            .. changed
                .Where(name => field is null || name == field || name.StartsWith($"{field}.", StringComparison.Ordinal))
                .Select(name => new MemberChange(name, Find(seen.Before, name), Find(seen.After, name)))
                .Where(change => field is null || change is not { Before: null, After: null }),
        ];
    }

    /// <summary>Returns the members of a new or deleted record that are not empty.</summary>
    private static IEnumerable<string> FilledMembers(SeenChange seen)
    {
        var bytes = (seen.After ?? seen.Before)!.Value.Span;
        var describing = (RecordKinds.FindByEventName(seen.EventName) as IRecordedKind)?.DescribingMembers;
        List<string> names = [];
        var record = new RecordJson(bytes);
        for (var index = 0; index < record.Count; index++)
        {
            var name = record.NameOf(index);
            var isEmpty = Empty.Contains(Encoding.UTF8.GetString(record.ValueOf(index)));
            if (!isEmpty && !Fixed.Contains(name) && describing?.Contains(name) != true)
            {
                names.Add(name);
            }
        }

        return names;
    }

    private static RawJson? Find(ReadOnlyMemory<byte>? json, string name)
    {
        if (json is not { } bytes)
        {
            return null;
        }

        var record = new RecordJson(bytes.Span);
        if (record.IndexOf(name) is >= 0 and var whole)
        {
            return Text(record.ValueOf(whole));
        }

        var member = name[..name.IndexOf('.', StringComparison.Ordinal)];
        var key = name[(member.Length + 1)..];
        if (record.IndexOf(member) is not (>= 0 and var index))
        {
            return null;
        }

        var value = JsonElement.Parse(record.ValueOf(index));
        return member switch
        {
            Metadata => value.TryGetProperty(key, out var found) ? Text(found.GetRawText()) : null,
            CustomFieldValues => value.EnumerateArray().FirstOrDefault(one => one.GetProperty("customFieldId").ValueEquals(key))
                is { ValueKind: JsonValueKind.Object } one ? Text(one.GetProperty("data").GetRawText()) : null,
            _ => null,
        };
    }

    private static RawJson? Text(ReadOnlySpan<byte> json) => Text(Encoding.UTF8.GetString(json));

    private static RawJson? Text(string json) => json == "null" ? null : new RawJson(json);
}
