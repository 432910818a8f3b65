using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Moving.Copying;

namespace Thena.Accounts.Moving.Rows;

/// <summary>Finds out which field each column of a file contains.</summary>
public static class ColumnMatch
{
    /// <summary>The columns that files of rejected rows have in addition. They are ignored when such a file is imported.</summary>
    public static IReadOnlyList<string> OfRejectedFiles { get; } = ["rejected line", "rejected reason"];

    /// <summary>Matches the names of columns with fields.</summary>
    /// <exception cref="RecordSourceException">A column is unknown or stands twice, or a column that is needed is missing.</exception>
    internal static Column[] Match(
        string[] header, string kind, IReadOnlyList<CustomFieldResponse> customFields, IReadOnlyDictionary<string, string> renamed)
    {
        var known = Known(kind, customFields);
        List<Column> columns = [];
        foreach (var name in header)
        {
            var target = renamed.GetValueOrDefault(name.Trim(), name);
            if (target.Length == 0)
            {
                columns.Add(new Column(name, ColumnKind.Ignored, "", Text));
                continue;
            }

            if (!known.TryGetValue(Key(target), out var column))
            {
                throw new UnknownColumnException(
                    $"The column {name} is unknown. The fields are {string.Join(", ", Names(known))}"
                        + $"{string.Concat(customFields.Select(field => ", " + field.Name))}.");
            }

            if (column.Kind != ColumnKind.Ignored && columns.Exists(other => other.Member == column.Member))
            {
                throw new UnknownColumnException($"The column {name} has the same field as another column: {target}.");
            }

            columns.Add(column with { Header = name });
        }

        foreach (var needed in kind == AccountKind.Plural ? ["name", "primaryDomain"] : new[] { "email" })
        {
            if (!columns.Exists(column => column.Member == needed))
            {
                throw new UnknownColumnException($"The file has no column {needed}. Its columns are {string.Join(", ", header)}.");
            }
        }

        return [.. columns];
    }

    private static Dictionary<string, Column> Known(string kind, IReadOnlyList<CustomFieldResponse> customFields)
    {
        var (request, response) = kind == AccountKind.Plural
            ? (typeof(CreateAccountRequest), typeof(AccountResponse))
            : (typeof(CreateContactRequest), typeof(ContactResponse));
        Dictionary<string, Column> known = [];

        // What an export contains, but no request can set.
        foreach (var member in WireJson.Options.GetTypeInfo(response).Properties)
        {
            known[Key(member.Name)] = new Column("", ColumnKind.Ignored, "", Text);
        }

        foreach (var name in OfRejectedFiles)
        {
            known[Key(name)] = new Column("", ColumnKind.Ignored, "", Text);
        }

        foreach (var field in customFields)
        {
            known[Key(field.Name)] = new Column("", ColumnKind.CustomField, field.Uid, ToJson(field.FieldType));
        }

        foreach (var member in WireJson.Options.GetTypeInfo(request).Properties.Where(member => member.Name != "customFieldValues"))
        {
            var type = OptionalJsonConverterFactory.Unwrap(member.PropertyType);
            known[Key(member.Name)] = new Column("", ColumnKind.Member, member.Name, ToJson(type));
        }

        if (kind == ContactKind.Plural)
        {
            known[Key(CsvRows.AccountDomain)] = new Column("", ColumnKind.AccountDomain, CsvRows.AccountDomain, Text);
            known[Key("accounts")] = new Column("", ColumnKind.Member, "accountIds", LinkedAccounts);
        }

        return known;
    }

    private static IEnumerable<string> Names(Dictionary<string, Column> known) =>
        known.Values.Where(column => column.Kind is ColumnKind.Member or ColumnKind.AccountDomain)
            .Select(column => column.Member)
            .Distinct();

    private static string Key(string name) =>
        string.Concat(name.Where(letter => letter is not ('_' or '-') && !char.IsWhiteSpace(letter))).ToLowerInvariant();

    private static Func<string, JsonNode?> ToJson(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var number when number == typeof(decimal) || number == typeof(int) => Number,
        var flag when flag == typeof(bool) => Flag,
        var text when text == typeof(string) => Text,
        var json when json == typeof(RawJson) => Json,
        _ => List,
    };

    private static Func<string, JsonNode?> ToJson(string fieldType) => fieldType switch
    {
        "integer" or "decimal" or "currency" or "rating" => Number,
        "toggle" or "boolean" => Flag,
        "checkbox" => text => Flag(text) is JsonValue value && value.GetValueKind() != JsonValueKind.String ? value : List(text),
        "multi_choice" => List,
        "coordinates" => Json,
        _ => Text,
    };

    private static JsonNode? Text(string text) => text;

    private static JsonNode? Number(string text) =>
        decimal.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && ExactNumber.TryParse(Encoding.UTF8.GetBytes(text), out _)
            ? number
            : text;

    private static JsonNode? Flag(string text) => text.Trim().ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "1" => true,
        "FALSE" or "NO" or "0" => false,
        _ => text,
    };

    private static JsonNode? Json(string text) => JsonNodes.TryParse(Encoding.UTF8.GetBytes(text), out var node) ? node : text;

    /// <summary>A JSON array, or texts separated by semicolons.</summary>
    private static JsonNode? List(string text) => Json(text) is JsonArray array
        ? array
        : new JsonArray([.. CsvRows.Split(text).Select(item => JsonValue.Create(item))]);

    /// <summary>Accounts as an export shows them: objects with IDs.</summary>
    private static JsonNode? LinkedAccounts(string text) => Json(text) is JsonArray array
        ? new JsonArray([.. array.Select(account => account is JsonObject ? account["id"]?.DeepClone() : account?.DeepClone())])
        : text;
}
