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

    /// <summary>Returns the payload.</summary>
    public static RawJson Create(SeenChange seen, EventType type)
    {
        var bytes = new ArrayBufferWriter<byte>((seen.After?.Length ?? 0) + (seen.Before?.Length ?? 0) + 1_024);
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = WireJson.Encoder, SkipValidation = true }))
        {
            json.WriteStartObject();
            if (RecordKinds.FindByEventName(seen.EventName) is { } kind)
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
            WriteRecord(json, kind, after.Span, seen.HidesContent);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WritePropertyName($"previous{char.ToUpperInvariant(kind.PayloadName[0])}{kind.PayloadName[1..]}");
        if (seen.WholeBefore is { } before)
        {
            WriteRecord(json, kind, before.Span, seen.HidesContentBefore);
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

    private static void WriteRecord(Utf8JsonWriter json, RecordKind kind, ReadOnlySpan<byte> bytes, bool hidesContent)
    {
        var record = new RecordJson(bytes);
        json.WriteStartObject();
        for (var index = 0; index < record.Count; index++)
        {
            if (!hidesContent || record.NameOf(index) != Content)
            {
                json.WritePropertyName(record.NameOf(index));
                json.WriteRawValue(record.ValueOf(index), skipInputValidation: true);
            }
        }

        if (kind.PayloadName == "account")
        {
            // The names that the events of the hosted platform have for them.
            json.WritePropertyName("domain");
            json.WriteRawValue(record.ValueOf(record.IndexOf(Domain)), skipInputValidation: true);
            json.WritePropertyName("size");
            json.WriteRawValue(record.ValueOf(record.IndexOf(Employees)), skipInputValidation: true);
            json.WritePropertyName("customFields");
            var values = JsonElement.Parse(record.ValueOf(record.IndexOf(CustomFieldTexts.Member)));
            CustomFieldTexts.Write(json, values.EnumerateArray());
        }

        json.WriteEndObject();
    }
}
