using System.Collections.Frozen;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>The types of custom fields, in the contract's groups.</summary>
public static class CustomFieldTypes
{
    /// <summary>The types by group.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Groups { get; } = new OrderedDictionary<string, IReadOnlyList<string>>
    {
        ["text"] = ["single_line", "multi_line", "rich_text"],
        ["numeric"] = ["integer", "decimal", "currency"],
        ["choice"] = ["single_choice", "multi_choice", "radio_button", "checkbox"],
        ["date"] = ["date", "date_time", "time"],
        ["user"] = [],
        ["specialized"] = ["email", "phone_number", "url", "ip_address", "regex", "password"],
        ["file"] = ["file_upload"],
        ["calculated"] = ["calculated"],
        ["lookup"] = ["lookup"],
        ["geographic"] = ["address", "coordinates"],
        ["rating"] = ["rating"],
        ["toggle"] = ["toggle", "boolean"],
    };

    /// <summary>All types.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Groups.Values.SelectMany(kinds => kinds)];

    private static readonly FrozenSet<string> ChoiceTypes = FrozenSet.Create("single_choice", "multi_choice", "radio_button", "checkbox");

    /// <summary>Whether fields of this type need options.</summary>
    public static bool NeedsOptions(string fieldType) => ChoiceTypes.Contains(fieldType);
}
