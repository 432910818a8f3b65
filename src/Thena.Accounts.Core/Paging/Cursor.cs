using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Paging;

/// <summary>A position in a list: the last row of the previous page.</summary>
/// <param name="Sort">The name of the order of the list.</param>
/// <param name="Id">The ID of the row.</param>
/// <param name="Key">The row's value in the column of the order; empty if the list is ordered by ID.</param>
internal sealed record Cursor(string Sort, Ulid Id, string Key)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out Cursor? cursor)
    {
        cursor = null;
        if (!Base64Url.IsValid(text))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ', 3);
        if (parts.Length != 3 || !WireFormat.TryParseId(parts[1], out var id) || parts[2].Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        cursor = new Cursor(parts[0], id, parts[2]);
        return true;
    }

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Sort} {Id} {Key}"));
}
