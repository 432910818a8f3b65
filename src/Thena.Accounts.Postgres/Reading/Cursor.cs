using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Thena.Accounts.Postgres.Reading;

/// <summary>A position in a list: the last row of the previous page.</summary>
/// <param name="Sort">The name of the order of the list.</param>
/// <param name="Id">The ID of the row.</param>
/// <param name="Key">The row's value in the column of the order; empty if the list is ordered by ID.</param>
public sealed record Cursor(string Sort, Ulid Id, string Key)
{
    /// <summary>Parses the text of a cursor.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Cursor? cursor)
    {
        cursor = null;
        if (!Base64Url.IsValid(text))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ', 3);
        if (parts.Length != 3 || !Ulid.TryParse(parts[1], out var id) || parts[2].Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        cursor = new Cursor(parts[0], id, parts[2]);
        return true;
    }

    /// <summary>Returns the text of the cursor, which is opaque to clients.</summary>
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Sort} {Id} {Key}"));
}
