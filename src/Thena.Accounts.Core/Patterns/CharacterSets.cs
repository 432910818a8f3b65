namespace Thena.Accounts.Core.Patterns;

/// <summary>The sets of characters of a pattern, each once.</summary>
internal sealed class CharacterSets
{
    private const int Max = 100;

    private readonly List<CharacterSet> _sets = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>Returns the number of the set with a regular expression.</summary>
    /// <exception cref="NotSupportedException">There are too many sets.</exception>
    public int NumberOf(string expression)
    {
        if (!_numbers.TryGetValue(expression, out var number))
        {
            number = _sets.Count < Max ? _sets.Count : throw new NotSupportedException();
            _sets.Add(new CharacterSet(expression));
            _numbers.Add(expression, number);
        }

        return number;
    }

    /// <summary>Returns all sets, in the order of their numbers.</summary>
    public CharacterSet[] ToArray() => [.. _sets];
}
