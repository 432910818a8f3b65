using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Time;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>The values that each type of custom field accepts (contract: Custom fields).</summary>
internal static partial class CustomFieldTypeRules
{
    /// <summary>Checks a value that is not <c>null</c>.</summary>
    /// <param name="field">The field.</param>
    /// <param name="data">The value.</param>
    /// <param name="patternWork">The work that the request has for matching patterns.</param>
    /// <returns>The problem, as the end of a sentence, or <see langword="null"/> if the value is valid.</returns>
    public static string? Check(CustomField field, RawJson data, PatternWork patternWork)
    {
        var value = data.ToElement();
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : null;
        return CheckSize(field.FieldType, data, value, text) ?? field.FieldType switch
        {
            "integer" => IsNumber(value, out var number) && number.IsWhole ? null : "must be a whole number",
            "decimal" or "currency" or "rating" => value.ValueKind == JsonValueKind.Number ? null : "must be a number",
            "date" => text is not null
                && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
                ? null : "must be a date such as 2023-12-07",
            "date_time" => Instant.TryParse(text, out _)
                ? null : "must be an ISO 8601 instant such as 2023-12-07T10:30:00.000Z",
            "time" => text is not null && Time().IsMatch(text) ? null : "must be a time such as 10:30",
            "single_choice" or "radio_button" => IsOption(field, value) ? null : "must be one of the field's options",
            "multi_choice" => AreOptions(field, value) ? null : "must be an array of the field's options",
            "checkbox" => value.ValueKind is JsonValueKind.True or JsonValueKind.False || AreOptions(field, value)
                ? null : "must be true, false or an array of the field's options",
            "email" => EmailAddress.TryParse(text, out _, out _) ? null : "must be an email address",
            "url" => text is not null && WebAddress.IsValid(text.Trim()) ? null : "must be an absolute http or https URL",
            "ip_address" => text is not null
                && IPAddress.TryParse(text, out var address)
                && (text.Contains(':', StringComparison.Ordinal) ? !text.StartsWith('[') : address.ToString() == text)
                ? null : "must be an IP address",
            "phone_number" => text is not null && PhoneNumber.IsValid(text) ? null : "must be a phone number with country code",
            "toggle" or "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "must be true or false",
            "coordinates" => IsCoordinates(value) ? null : "must be an object with latitude and longitude",
            "regex" => text is not null ? patternWork.Check(field, text) : "must match the field's pattern",
            _ => text is not null ? null : "must be a string",
        };
    }

    /// <summary>Checks the size before anything else, so that no other check works on a large value.</summary>
    private static string? CheckSize(string fieldType, RawJson data, JsonElement value, string? text)
    {
        if (Encoding.UTF8.GetByteCount(data.Text) > RequestRules.CustomFieldDataMaxBytes)
        {
            return $"must not be larger than {RequestRules.CustomFieldDataMaxBytes / 1_024} KB";
        }

        var maxLength = fieldType switch
        {
            "multi_line" or "rich_text" or "address" => RequestRules.DescriptionMaxLength,
            "url" => RequestRules.UrlMaxLength,
            "email" => EmailAddress.MaxLength,
            _ => RequestRules.DefaultMaxLength,
        };
        return text?.Length > maxLength ? RequestRules.TooLong(maxLength)
            : value.ValueKind == JsonValueKind.Number && !IsNumber(value, out _)
                ? string.Create(CultureInfo.InvariantCulture, $"must not have more than {ExactNumber.MaxDigits} significant digits")
            : null;
    }

    /// <summary>Whether a value is a number that is not too long.</summary>
    private static bool IsNumber(JsonElement value, out ExactNumber number)
    {
        number = default;
        return value.ValueKind == JsonValueKind.Number && ExactNumber.TryParse(JsonMarshal.GetRawUtf8Value(value), out number);
    }

    private static bool IsOption(CustomField field, JsonElement value) =>
        value.ValueKind == JsonValueKind.String && field.HasOption(value.GetString()!);

    private static bool AreOptions(CustomField field, JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => IsOption(field, item));

    private static bool IsCoordinates(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && IsWithin(value, "latitude", 90) && IsWithin(value, "longitude", 180);

    private static bool IsWithin(JsonElement value, string member, double bound) =>
        value.TryGetProperty(member, out var degrees)
            && IsNumber(degrees, out _)
            && degrees.TryGetDouble(out var number)
            && Math.Abs(number) <= bound;

    [GeneratedRegex("^(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Time();
}
