using System.Globalization;
using System.Text.RegularExpressions;

namespace Thena.Accounts.Core.Patterns;

/// <summary>
/// Reads patterns in the syntax of .NET, without what cannot be matched in linear time: look-around, back-references, atomic groups and
/// conditions. White space always counts.
/// </summary>
internal sealed class FieldPatternParser
{
    private readonly string _pattern;
    private readonly CharacterSets _sets = new();
    private int _at;
    private (bool IgnoreCase, bool Multiline, bool SingleLine) _options;

    private FieldPatternParser(string pattern) => _pattern = pattern;

    private bool IsAtEnd => _at == _pattern.Length;

    /// <summary>Reads a pattern.</summary>
    /// <returns>The pattern, or <see langword="null"/> if it is not valid, cannot be matched in linear time, or is too large.</returns>
    public static FieldPattern? Parse(string pattern)
    {
        try
        {
            // Checks the syntax, so that the parser meets no errors.
            _ = new Regex(pattern, RegexOptions.CultureInvariant, CharacterSet.Timeout);
            var parser = new FieldPatternParser(pattern);
            var whole = parser.ReadChoice();
            List<PatternStep> steps = [];
            whole.AddTo(steps);
            steps.Add(new(PatternStepKind.Done));
            return new FieldPattern([.. steps], parser._sets.ToArray());
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Reads alternatives up to the end of their group. Options that are set inside end with it.</summary>
    private PatternPart ReadChoice()
    {
        var options = _options;
        PatternPart choice = ReadSequence();
        while (TryTake('|'))
        {
            choice = new PatternPart.Choice(choice, ReadSequence());
        }

        _options = options;
        return choice;
    }

    private PatternPart.Sequence ReadSequence()
    {
        List<PatternPart> parts = [];
        SkipComments();
        while (!IsAtEnd && _pattern[_at] is not ('|' or ')'))
        {
            if (ReadAtom() is { } atom)
            {
                parts.Add(ReadRepetition(atom));
            }

            SkipComments();
        }

        return new PatternPart.Sequence(parts);
    }

    /// <summary>Reads what a repetition applies to. Returns <see langword="null"/> for options.</summary>
    private PatternPart? ReadAtom()
    {
        var first = _pattern[_at];
        switch (first)
        {
            case '(':
                return ReadGroup();
            case '[':
                var start = _at;
                _at = CharacterSet.EndOfClass(_pattern, _at);
                return Set(_pattern[start.._at]);
            case '\\':
                return ReadEscape();
        }

        _at++;
        return first switch
        {
            '.' => Set("."),
            '^' => Place(_options.Multiline ? PatternPlace.LineStart : PatternPlace.Start),
            '$' => Place(_options.Multiline ? PatternPlace.LineEnd : PatternPlace.EndOrLastLineEnd),
            _ => Character(first),
        };
    }

    private PatternPart? ReadGroup()
    {
        _at++;
        var outer = _options;
        if (TryTake('?'))
        {
            if (_pattern[_at] is '<' or '\'')
            {
                SkipName();
            }
            else if (!ReadOptions())
            {
                return null;
            }
        }

        var group = ReadChoice();
        _at++;
        _options = outer;
        return group;
    }

    private void SkipName()
    {
        var end = _pattern.IndexOf(_pattern[_at] == '<' ? '>' : '\'', _at + 1);
        if (_pattern[_at + 1] is '=' or '!' || _pattern.AsSpan(_at, end - _at).Contains('-'))
        {
            throw new NotSupportedException();
        }

        _at = end + 1;
    }

    /// <summary>Reads options, up to the colon or the end of their parenthesis.</summary>
    /// <returns>Whether a group follows. Otherwise, the options are for the rest of the group around them.</returns>
    private bool ReadOptions()
    {
        var isOn = true;
        for (; _pattern[_at] is not (':' or ')'); _at++)
        {
            _options = char.ToLowerInvariant(_pattern[_at]) switch
            {
                'i' => _options with { IgnoreCase = isOn },
                'm' => _options with { Multiline = isOn },
                's' => _options with { SingleLine = isOn },
                'x' when isOn => throw new NotSupportedException(),
                'n' or 'x' or '-' or '+' => _options,
                _ => throw new NotSupportedException(),
            };
            isOn = _pattern[_at] == '+' || (isOn && _pattern[_at] != '-');
        }

        return _pattern[_at++] == ':';
    }

    private PatternPart ReadEscape()
    {
        var (start, escaped) = (_at, _pattern[_at + 1]);
        _at += 2;
        switch (escaped)
        {
            case 'A':
                return Place(PatternPlace.Start);
            case 'z':
                return Place(PatternPlace.End);
            case 'Z':
                return Place(PatternPlace.EndOrLastLineEnd);
            case 'b':
                return Place(PatternPlace.WordBoundary);
            case 'B':
                return Place(PatternPlace.NoWordBoundary);
            case 'G' or 'k' or (>= '1' and <= '9'):
                throw new NotSupportedException();
            case 'p' or 'P':
                _at = _pattern.IndexOf('}', _at) + 1;
                break;
            case 'x':
                _at += 2;
                break;
            case 'u':
                _at += 4;
                break;
            case 'c':
                _at++;
                break;
            case '0':
                while (_at < Math.Min(start + 4, _pattern.Length) && _pattern[_at] is >= '0' and <= '7')
                {
                    _at++;
                }

                break;
            default:
                if (!char.IsAsciiLetterOrDigit(escaped))
                {
                    return Character(escaped);
                }

                break;
        }

        return Set(_pattern[start.._at]);
    }

    private PatternPart ReadRepetition(PatternPart part)
    {
        SkipComments();
        if (IsAtEnd)
        {
            return part;
        }

        var (least, most) = (0, (int?)null);
        switch (_pattern[_at])
        {
            case '*':
                break;
            case '+':
                least = 1;
                break;
            case '?':
                most = 1;
                break;
            case '{' when _pattern.IndexOf('}', _at) is > 0 and var end
                && _pattern[(_at + 1)..end].Split(',') is [var first, ..] numbers
                && IsNumber(first)
                && (numbers.Length == 1 || (numbers.Length == 2 && (numbers[1].Length == 0 || IsNumber(numbers[1])))):
                least = Number(first);
                most = numbers.Length == 1 ? least : numbers[1].Length == 0 ? null : Number(numbers[1]);
                _at = end;
                break;
            default:
                return part;
        }

        _at++;
        SkipComments();

        // A lazy repetition matches the same texts.
        TryTake('?');
        return new PatternPart.Repetition(part, least, most);
    }

    private static bool IsNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private void SkipComments()
    {
        while (string.CompareOrdinal(_pattern, _at, "(?#", 0, 3) == 0)
        {
            _at = _pattern.IndexOf(')', _at) + 1;
        }
    }

    private bool TryTake(char character)
    {
        var isTaken = !IsAtEnd && _pattern[_at] == character;
        _at += isTaken ? 1 : 0;
        return isTaken;
    }

    private static PatternPart.Single Place(PatternPlace place) => new(new(PatternStepKind.Place, (int)place));

    private PatternPart.Single Character(char character) =>
        _options.IgnoreCase && (char.IsAsciiLetter(character) || !char.IsAscii(character))
            ? Set(Regex.Escape(character.ToString()))
            : new(new(PatternStepKind.Character, character));

    private PatternPart.Single Set(string expression)
    {
        var options = (_options.IgnoreCase ? "i" : "") + (_options.SingleLine ? "s" : "");
        return new(new(PatternStepKind.Set, _sets.NumberOf($"(?{options}:{expression})")));
    }
}
