using System.Text.Json;

namespace Thena.Accounts.Api.Arguments;

/// <summary>Shows rows as a table of text, with a column for each member of their JSON.</summary>
internal static class TextTable
{
    private const string Gap = "  ";

    /// <summary>Writes rows, which all have the same members.</summary>
    public static void Write(TextWriter output, IReadOnlyList<JsonElement> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        List<string[]> lines = [[.. rows[0].EnumerateObject().Select(member => member.Name)]];
        lines.AddRange(rows.Select(row => row.EnumerateObject().Select(member => Cell(member.Value)).ToArray()));
        var widths = lines[0].Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in lines)
        {
            output.WriteLine(string.Join(Gap, line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    /// <summary>Control characters, which names can have, must not reach the terminal.</summary>
    private static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "-",
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(Cell)),
        _ => string.Concat(value.ToString().Select(letter => char.IsControl(letter) ? ' ' : letter)),
    };
}
