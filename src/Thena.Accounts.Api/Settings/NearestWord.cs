namespace Thena.Accounts.Api.Settings;

/// <summary>Finds the word that somebody who has mistyped one may have meant.</summary>
internal static class NearestWord
{
    /// <summary>Returns the known word with the smallest difference, or <see langword="null"/> if none is near.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="known">The words that would have been right.</param>
    public static string? Find(string word, IEnumerable<string> known) => Find(word, known, Math.Max(2, word.Length / 3));

    /// <summary>Returns the known word with the smallest difference, or <see langword="null"/> if none is near.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="known">The words that would have been right.</param>
    /// <param name="maxDifference">The number of letters by which the words may differ.</param>
    public static string? Find(string word, IEnumerable<string> known, int maxDifference) => known
        .Select(candidate => (Word: candidate, Difference: Difference(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
        .Where(candidate => candidate.Difference <= maxDifference && candidate.Difference < word.Length)
        .OrderBy(candidate => candidate.Difference)
        .Select(candidate => candidate.Word)
        .FirstOrDefault();

    /// <summary>Counts the letters to insert, remove, replace or swap with the next one.</summary>
    private static int Difference(string one, string other)
    {
        var table = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                var replaced = table[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(replaced, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[one.Length, other.Length];
    }
}
