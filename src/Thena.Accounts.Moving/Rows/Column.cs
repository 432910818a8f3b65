using System.Text.Json.Nodes;

namespace Thena.Accounts.Moving.Rows;

/// <summary>What a column contains.</summary>
internal enum ColumnKind
{
    /// <summary>Nothing that can be imported.</summary>
    Ignored,

    /// <summary>A field of the API.</summary>
    Member,

    /// <summary>A custom field.</summary>
    CustomField,

    /// <summary>The domains of a contact's accounts.</summary>
    AccountDomain,
}

/// <summary>A column of a file.</summary>
/// <param name="Header">Its name in the file.</param>
/// <param name="Kind">What it contains.</param>
/// <param name="Member">The field of the API, or the ID of the custom field.</param>
/// <param name="ToJson">Turns the text of a cell into JSON. A text that does not fit stays a text, which the API refuses.</param>
internal sealed record Column(string Header, ColumnKind Kind, string Member, Func<string, JsonNode?> ToJson);
