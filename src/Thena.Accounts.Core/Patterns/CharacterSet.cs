using System.Text.RegularExpressions;

namespace Thena.Accounts.Core.Patterns;

/// <summary>A set of characters, such as <c>[a-z]</c>. .NET says which characters it has.</summary>
internal sealed class CharacterSet
{
    /// <summary>A limit that no regular expression of a pattern comes near: it matches one character, or nothing at all.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    /// <summary>Escapes in a class that no range starts with.</summary>
    private const string NoStartOfRange = "dDsSwWpP-";

    private const int AsciiCount = 128;

    private static readonly CharacterSet Word = new(@"\w");

    private readonly Regex _one;
    private readonly bool[] _ascii;

    /// <summary>Creates a set.</summary>
    /// <param name="expression">The regular expression of one character.</param>
    public CharacterSet(string expression)
    {
        _one = new Regex($"\\A(?:{expression})\\z", RegexOptions.CultureInvariant, Timeout);
        _ascii = [.. Enumerable.Range(0, AsciiCount).Select(character => IsMatch((char)character))];
    }

    /// <summary>Whether the set has a character.</summary>
    public bool Contains(char character) => character < AsciiCount ? _ascii[character] : IsMatch(character);

    /// <summary>Whether a character belongs to a word for <c>\b</c>: the joiners do as well.</summary>
    public static bool IsOfWord(char character) => Word.Contains(character) || character is '\u200C' or '\u200D';

    /// <summary>
    /// Returns the end of the class that starts at an index, such as <c>[a-z-[aeiou]]</c>. As .NET reads it, a hyphen before a bracket
    /// subtracts a class, unless it ends a range.
    /// </summary>
    public static int EndOfClass(string pattern, int start)
    {
        var at = pattern[start + 1] == '^' ? start + 2 : start + 1;
        var inRange = false;
        for (var isFirst = true; isFirst || pattern[at] != ']'; isFirst = false)
        {
            var character = pattern[at++];
            if (character == '\\')
            {
                var escaped = pattern[at];
                at = escaped is 'p' or 'P' ? pattern.IndexOf('}', at) + 1 : at + (escaped == 'c' ? 2 : 1);
                if (NoStartOfRange.Contains(escaped, StringComparison.Ordinal))
                {
                    inRange = false;
                    continue;
                }
            }
            else if (!isFirst && (inRange ? character == '[' : character == '-' && pattern[at] == '['))
            {
                at = EndOfClass(pattern, inRange ? at - 1 : at);
                break;
            }

            inRange = !inRange && pattern[at] == '-' && pattern[at + 1] != ']';
            at += inRange ? 1 : 0;
        }

        return at + 1;
    }

    private bool IsMatch(char character) => _one.IsMatch([character]);
}
