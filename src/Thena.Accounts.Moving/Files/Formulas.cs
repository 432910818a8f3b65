

namespace Thena.Accounts.Moving.Files;

/// <summary>
/// Protects the readers of CSV files from formulas. A spreadsheet computes a cell that starts with one of a few characters, and a formula
/// can send the other cells to a stranger. OWASP recommends an apostrophe before such a text, with which it is not computed.
/// </summary>
public static class Formulas
{
    /// <summary>The characters that OWASP lists, also in full width.</summary>
    private const string Starts = "=+-@\t\r\n＝＋－＠";

    private const char Escape = '\'';

    /// <summary>
    /// Returns a text as it is written to a cell. A text that has apostrophes there itself gets one more, so that nothing is lost.
    /// </summary>
    public static string ToCell(string text) => IsFormula(text) ? Escape + text : text;

    /// <summary>Returns the text of a cell.</summary>
    public static string FromCell(string cell) => cell is [Escape, ..] && IsFormula(cell) ? cell[1..] : cell;

    private static bool IsFormula(string text) =>
        text.AsSpan().TrimStart(Escape) is [var first, ..] && Starts.Contains(first, StringComparison.Ordinal);
}
