using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Thena.Accounts.Postgres.Changes;

/// <summary>The JSON of a record: its members, without parsing their values.</summary>
public readonly ref struct RecordJson
{
    private const string UpdatedAt = "updatedAt";
    private const string Metadata = "metadata";
    private const string CustomFieldValues = "customFieldValues";
    private const string CustomFieldId = "customFieldId";

    /// <summary>The form of names and IDs in columns.</summary>
    internal static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ReadOnlySpan<byte> _json;
    private readonly List<(string Name, int Start, int Length)> _members = [];

    /// <summary>Finds the members.</summary>
    public RecordJson(ReadOnlySpan<byte> json)
    {
        _json = json;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            _members.Add((name, start, (int)reader.BytesConsumed - start));
        }
    }

    /// <summary>The number of members.</summary>
    public int Count => _members.Count;

    /// <summary>Returns the name of a member.</summary>
    public string NameOf(int index) => _members[index].Name;

    /// <summary>Returns the position of a member, or -1.</summary>
    public int IndexOf(string name) => _members.FindIndex(member => member.Name == name);

    /// <summary>Returns the JSON of the value of a member.</summary>
    public ReadOnlySpan<byte> ValueOf(int index) => _json.Slice(_members[index].Start, _members[index].Length);

    /// <summary>Returns a text as JSON, as <see cref="Change.Changed"/> has it.</summary>
    public static string Quote(string text) => JsonSerializer.Serialize(text, Options);

    /// <summary>
    /// Returns the names of the members that differ from those of the same record later, see <see cref="Change.Changed"/>.
    /// </summary>
    /// <param name="after">The record later. It has the same members.</param>
    /// <param name="describing">The members that only tell more about another one, and are left out.</param>
    public IReadOnlyList<string> ChangedMembers(RecordJson after, IReadOnlySet<string> describing)
    {
        List<string> changed = [];
        for (var index = 0; index < _members.Count; index++)
        {
            var name = _members[index].Name;
            if (!ValueOf(index).SequenceEqual(after.ValueOf(index)) && name != UpdatedAt && !describing.Contains(name))
            {
                changed.AddRange(name switch
                {
                    Metadata => ChangedKeys(name, KeysOf(ValueOf(index)), KeysOf(after.ValueOf(index))),
                    CustomFieldValues => ChangedKeys(name, FieldsOf(ValueOf(index)), FieldsOf(after.ValueOf(index))),
                    _ => [name],
                });
            }
        }

        return changed;
    }

    /// <summary>Returns an object with the members that differ from those of the same record later.</summary>
    public string OnlyChanged(RecordJson after)
    {
        var json = new ArrayBufferWriter<byte>(_json.Length);
        json.Write("{"u8);
        for (var index = 0; index < _members.Count; index++)
        {
            if (!ValueOf(index).SequenceEqual(after.ValueOf(index)))
            {
                json.Write(json.WrittenCount == 1 ? "\""u8 : ",\""u8);
                Encoding.UTF8.GetBytes(_members[index].Name, json);
                json.Write("\":"u8);
                json.Write(ValueOf(index));
            }
        }

        json.Write("}"u8);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    /// <summary>Returns a record with the members that another object has in its place.</summary>
    public static byte[] Merge(ReadOnlySpan<byte> record, ReadOnlySpan<byte> others)
    {
        var whole = new RecordJson(record);
        var other = new RecordJson(others);
        var json = new ArrayBufferWriter<byte>(record.Length + others.Length);
        for (var index = 0; index < whole.Count; index++)
        {
            json.Write(index == 0 ? "{"u8 : ","u8);
            Encoding.UTF8.GetBytes($"\"{whole.NameOf(index)}\":", json);
            json.Write(other.IndexOf(whole.NameOf(index)) is >= 0 and var place ? other.ValueOf(place) : whole.ValueOf(index));
        }

        json.Write("}"u8);
        return json.WrittenSpan.ToArray();
    }

    /// <summary>Adds the IDs in some members: in a text, in an object with an ID, or in a list of such objects.</summary>
    /// <param name="json">The JSON of a record, or nothing.</param>
    /// <param name="names">The names of the members.</param>
    /// <param name="ids">The IDs.</param>
    public static void AddIds(ReadOnlySpan<byte> json, IReadOnlySet<string> names, HashSet<Ulid> ids)
    {
        if (json.IsEmpty || names.Count == 0)
        {
            return;
        }

        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isNamed = false;
            foreach (var name in names)
            {
                isNamed |= reader.ValueTextEquals(name);
            }

            reader.Read();
            if (isNamed)
            {
                Add(JsonElement.ParseValue(ref reader));
            }
            else
            {
                reader.Skip();
            }
        }

        void Add(JsonElement value)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.String when Ulid.TryParse(value.GetString(), out var id):
                    ids.Add(id);
                    break;
                case JsonValueKind.Object:
                    Add(value.GetProperty("id"));
                    break;
                case JsonValueKind.Array:
                    foreach (var item in value.EnumerateArray())
                    {
                        Add(item);
                    }

                    break;
            }
        }
    }

    private static IEnumerable<string> ChangedKeys(string name, Dictionary<string, string> before, Dictionary<string, string> after) =>
        before.Keys.Union(after.Keys)
            .Where(key => before.GetValueOrDefault(key) != after.GetValueOrDefault(key))
            .Select(key => $"{name}.{key}");

    private static Dictionary<string, string> KeysOf(ReadOnlySpan<byte> json) => JsonElement.Parse(json).EnumerateObject()
        .ToDictionary(member => member.Name, member => member.Value.GetRawText(), StringComparer.Ordinal);

    private static Dictionary<string, string> FieldsOf(ReadOnlySpan<byte> json) => JsonElement.Parse(json).EnumerateArray()
        .ToDictionary(value => value.GetProperty(CustomFieldId).GetString()!, value => value.GetRawText(), StringComparer.Ordinal);
}
