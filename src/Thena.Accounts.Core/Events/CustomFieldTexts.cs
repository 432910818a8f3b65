using System.Text.Json;
using Thena.Accounts.Postgres.Changes;

namespace Thena.Accounts.Core.Events;

/// <summary>The values of custom fields as the events of the hosted platform have them: the ID of each field with its texts.</summary>
internal static class CustomFieldTexts
{
    /// <summary>The member of a record with the values.</summary>
    public const string Member = "customFieldValues";

    private const string FieldId = "customFieldId";
    private const string Data = "data";

    /// <summary>Returns the values of a record; null if its JSON does not have them.</summary>
    public static List<JsonElement>? ValuesOf(ReadOnlySpan<byte> record)
    {
        var json = new RecordJson(record);
        return json.IndexOf(Member) is >= 0 and var index ? [.. JsonElement.Parse(json.ValueOf(index)).EnumerateArray()] : null;
    }

    /// <summary>Returns the value of the same field.</summary>
    public static JsonElement? Find(List<JsonElement> values, JsonElement value)
    {
        var index = values.FindIndex(other => other.GetProperty(FieldId).ValueEquals(value.GetProperty(FieldId).GetString()));
        return index < 0 ? null : values[index];
    }

    /// <summary>Writes the texts: those of a list one by one, and other JSON as it is.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<JsonElement> values)
    {
        json.WriteStartObject();
        foreach (var value in values)
        {
            json.WriteStartArray(value.GetProperty(FieldId).GetString()!);
            var data = value.GetProperty(Data);
            foreach (var item in data.ValueKind == JsonValueKind.Array ? data.EnumerateArray().AsEnumerable() : [data])
            {
                json.WriteStringValue(item.ValueKind == JsonValueKind.String ? item.GetString() : item.GetRawText());
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
