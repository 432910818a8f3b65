using System.Buffers;
using System.Text.Json;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Kinds;
using Thena.Accounts.Postgres.Changes;

namespace Thena.Accounts.Core.Events;

/// <summary>Writes the payload of events: the record, and the record as it was.</summary>
internal static class EventPayload
{
    private const string Content = "content";
    private const string Domain = "primaryDomain";
    private const string Employees = "employees";

    private static readonly Dictionary<string, RecordKind> Kinds = RecordKinds.All
        .Where(kind => kind.EventName.Length > 0)
        .ToDictionary(kind => kind.EventName, StringComparer.Ordinal);

    /// <summary>Returns the payload.</summary>
    public static RawJson Create(SeenChange seen, EventType type)
    {
        var bytes = new ArrayBufferWriter<byte>((seen.After?.Length ?? 0) + (seen.Before?.Length ?? 0) + 1_024);
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = WireJson.Encoder, SkipValidation = true }))
        {
            json.WriteStartObject();
            if (Kinds.GetValueOrDefault(seen.Change.Type[..seen.Change.Type.LastIndexOf(':')]) is { } kind)
            {
                Write(json, kind, seen);
            }
            else
            {
                WriteOther(json, seen);
            }

            type.Detail?.AddTo(json, seen.Change);
            json.WriteEndObject();
        }

        return new RawJson(System.Text.Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    private static void Write(Utf8JsonWriter json, RecordKind kind, SeenChange seen)
    {
        json.WritePropertyName(kind.PayloadName);
        if (seen.IsErased)
        {
            json.WriteStartObject();
            json.WriteString("id", WireFormat.Id(seen.Change.RecordId));
            json.WriteEndObject();
        }
        else if (seen.After is { } after)
        {
            WriteRecord(json, kind, after.Span, [], seen.HidesContent);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WritePropertyName($"previous{char.ToUpperInvariant(kind.PayloadName[0])}{kind.PayloadName[1..]}");
        if (seen.Before is { } before)
        {
            // Of an update, only the changed members are stored.
            var whole = (seen.Change.After ?? seen.Before)!.Value.Span;
            WriteRecord(json, kind, whole, before.Span, seen.HidesContentBefore);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    /// <summary>Writes an event that belongs to no record: its members as they are stored.</summary>
    private static void WriteOther(Utf8JsonWriter json, SeenChange seen)
    {
        if (seen.After is { } after)
        {
            var record = new RecordJson(after.Span);
            for (var index = 0; index < record.Count; index++)
            {
                json.WritePropertyName(record.NameOf(index));
                json.WriteRawValue(record.ValueOf(index), skipInputValidation: true);
            }
        }
    }

    /// <summary>Writes a record, some of whose members have other values.</summary>
    private static void WriteRecord(
        Utf8JsonWriter json, RecordKind kind, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> others, bool hidesContent)
    {
        var record = new RecordJson(whole);
        var other = others.IsEmpty ? default : new RecordJson(others);
        json.WriteStartObject();
        for (var index = 0; index < record.Count; index++)
        {
            var name = record.NameOf(index);
            if (!hidesContent || name != Content)
            {
                json.WritePropertyName(name);
                json.WriteRawValue(ValueOf(record, other, name), skipInputValidation: true);
            }
        }

        if (kind.PayloadName == "account")
        {
            // The names that the events of the hosted platform have for them.
            json.WritePropertyName("domain");
            json.WriteRawValue(ValueOf(record, other, Domain), skipInputValidation: true);
            json.WritePropertyName("size");
            json.WriteRawValue(ValueOf(record, other, Employees), skipInputValidation: true);
            json.WritePropertyName("customFields");
            CustomFieldTexts.Write(json, JsonElement.Parse(ValueOf(record, other, CustomFieldTexts.Member)).EnumerateArray());
        }

        json.WriteEndObject();
    }

    private static ReadOnlySpan<byte> ValueOf(RecordJson record, RecordJson other, string name)
    {
        var index = other.IndexOf(name);
        return index >= 0 ? other.ValueOf(index) : record.ValueOf(record.IndexOf(name));
    }
}
