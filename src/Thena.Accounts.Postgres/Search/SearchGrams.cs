using System.Globalization;
using System.Text;

namespace Thena.Accounts.Postgres.Search;

/// <summary>
/// The index behind <c>search</c>. It holds every four characters in a row of the text of each record, and the organization with them, so
/// that a search reads nothing of others (ADR 17). What it finds contains the parts of the term, but not always in a row: the text itself
/// must be compared as well.
/// </summary>
internal static class SearchGrams
{
    /// <summary>The expression of the index. The migration that created it defines the function.</summary>
    public const string Expression = "search_grams(organization_id, search)";

    private const int Length = 4;
    private const int PrefixLength = 8;
    private const int MaxGrams = 16;

    /// <summary>Returns the query of PostgreSQL's text search for the records that have all parts of a term.</summary>
    /// <param name="organizationId">The organization.</param>
    /// <param name="term">The term, not empty.</param>
    public static string Query(Ulid organizationId, string term)
    {
        var prefix = organizationId.ToGuid().ToString()[^PrefixLength..];
        Rune[] runes = [.. term.EnumerateRunes()];
        return runes.Length < Length
            ? Lexeme(0, runes.Length) + ":*"
            : string.Join(" & ", Starts(runes.Length).Select(start => Lexeme(start, Length)));

        string Lexeme(int start, int length) => string.Create(
            CultureInfo.InvariantCulture, $"'{prefix}{Escape(string.Concat(runes.Skip(start).Take(length)))}'");
    }

    /// <summary>Returns where the grams of a term start: side by side, the last one at its end. More would only take longer.</summary>
    private static IEnumerable<int> Starts(int length)
    {
        for (var start = 0; start < length && start < MaxGrams * Length; start += Length)
        {
            yield return Math.Min(start, length - Length);
        }
    }

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal);
}
