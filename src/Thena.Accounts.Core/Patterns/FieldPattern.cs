using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Patterns;

/// <summary>
/// The pattern of a <c>regex</c> field, as a program whose steps all run side by side, character by character. It takes at most one visit
/// of each step for each character, and keeps nothing of a text. The engines of .NET are not made for patterns of strangers: the linear
/// one creates states as it matches, and one text of 255 characters can take gigabytes of them.
/// </summary>
internal sealed class FieldPattern
{
    /// <summary>The largest number of characters of a pattern.</summary>
    public const int MaxLength = 1_000;

    /// <summary>The largest number of characters of a text.</summary>
    public const int MaxTextLength = RequestRules.DefaultMaxLength;

    /// <summary>The largest number of steps, in which each repetition counts as often as it is written out.</summary>
    public const int MaxSteps = 10_000;

    private const string Member = "pattern";

    private const int BytesOfStep = 12;
    private const int BytesOfCharacterSet = 8 * 1_024;

    /// <summary>The work of asking whether a character set has a character that is not ASCII, in visits of steps.</summary>
    private const int WorkOfCharacterSet = 10;

    /// <summary>The number of steps that are made ready for a character in the time of one visit.</summary>
    private const int StepsClearedAtOnce = 32;

    private static readonly MemoryCache Compiled = new(new MemoryCacheOptions { SizeLimit = 16 * 1_024 * 1_024 });

    private readonly PatternStep[] _steps;
    private readonly CharacterSet[] _sets;

    /// <summary>Creates a pattern.</summary>
    /// <param name="steps">The steps. The last one is <see cref="PatternStepKind.Done"/>.</param>
    /// <param name="sets">The sets of characters that steps refer to.</param>
    public FieldPattern(PatternStep[] steps, CharacterSet[] sets) => (_steps, _sets) = (steps, sets);

    /// <summary>Returns whether the metadata of a field has a pattern. Without one, the field accepts any text.</summary>
    /// <param name="metadata">The metadata.</param>
    /// <param name="pattern">
    /// The pattern; <see langword="null"/> if it is not a string, is too long or too large, or cannot be matched in linear time.
    /// </param>
    public static bool IsPresent(RawJson metadata, out FieldPattern? pattern)
    {
        pattern = null;
        if (!metadata.ToElement().TryGetProperty(Member, out var member))
        {
            return false;
        }

        if (member.ValueKind == JsonValueKind.String
            && member.GetString() is { Length: <= MaxLength } text
            && !Compiled.TryGetValue(text, out pattern))
        {
            pattern = FieldPatternParser.Parse(text);
            Compiled.Set(text, pattern, new MemoryCacheEntryOptions
            {
                Size = (2 * MaxLength) + (pattern?._steps.Length * BytesOfStep ?? 0) + (pattern?._sets.Length * BytesOfCharacterSet ?? 0),
                SlidingExpiration = TimeSpan.FromMinutes(10),
            });
        }

        return true;
    }

    /// <summary>Returns whether a part of a text matches.</summary>
    /// <param name="text">The text.</param>
    /// <param name="work">The visits of steps that are left. The match ends when there are none: then the result says nothing.</param>
    public bool IsMatch(string text, ref int work)
    {
        var (current, next) = (new Threads(_steps.Length), new Threads(_steps.Length));
        for (var position = 0; work > 0; position++)
        {
            work -= _steps.Length / StepsClearedAtOnce;
            if (Follow(0, text, position, current, ref work))
            {
                return true;
            }

            if (position == text.Length)
            {
                return false;
            }

            for (var index = 0; index < current.Count; index++)
            {
                var step = current[index];
                if (Accepts(_steps[step], text[position], ref work) && Follow(step + 1, text, position + 1, next, ref work))
                {
                    return true;
                }
            }

            (current, next) = (next, current);
            next.Clear();
        }

        return false;
    }

    /// <summary>Follows the steps that take no character, up to those that take one.</summary>
    /// <returns>Whether the pattern has matched.</returns>
    private bool Follow(int start, string text, int position, Threads threads, ref int work)
    {
        threads.Visit(start);
        while (threads.TryNext(out var index))
        {
            work--;
            var step = _steps[index];
            switch (step.Kind)
            {
                case PatternStepKind.Done:
                    return true;
                case PatternStepKind.Either:
                    threads.Visit(step.Value);
                    threads.Visit(step.Other);
                    break;
                case PatternStepKind.Place when IsAt((PatternPlace)step.Value, text, position):
                    threads.Visit(index + 1);
                    break;
                case PatternStepKind.Character or PatternStepKind.Set:
                    threads.Add(index);
                    break;
            }
        }

        return false;
    }

    private bool Accepts(PatternStep step, char character, ref int work)
    {
        if (step.Kind == PatternStepKind.Character)
        {
            return step.Value == character;
        }

        work -= char.IsAscii(character) ? 0 : WorkOfCharacterSet;
        return _sets[step.Value].Contains(character);
    }

    private static bool IsAt(PatternPlace place, string text, int position) => place switch
    {
        PatternPlace.Start => position == 0,
        PatternPlace.LineStart => position == 0 || text[position - 1] == '\n',
        PatternPlace.End => position == text.Length,
        PatternPlace.EndOrLastLineEnd => position == text.Length || (position == text.Length - 1 && text[position] == '\n'),
        PatternPlace.LineEnd => position == text.Length || text[position] == '\n',
        PatternPlace.WordBoundary => IsWordBoundary(text, position),
        _ => !IsWordBoundary(text, position),
    };

    private static bool IsWordBoundary(string text, int position) =>
        (position > 0 && CharacterSet.IsOfWord(text[position - 1])) != (position < text.Length && CharacterSet.IsOfWord(text[position]));

    /// <summary>The steps that wait for a character, each once, and those that are still to be followed.</summary>
    private sealed class Threads(int steps)
    {
        private readonly int[] _waiting = new int[steps];
        private readonly int[] _pending = new int[steps];
        private readonly bool[] _isVisited = new bool[steps];
        private int _pendingCount;

        public int Count { get; private set; }

        public int this[int index] => _waiting[index];

        public void Add(int step) => _waiting[Count++] = step;

        public void Visit(int step)
        {
            if (!_isVisited[step])
            {
                _isVisited[step] = true;
                _pending[_pendingCount++] = step;
            }
        }

        public bool TryNext(out int step)
        {
            step = _pendingCount > 0 ? _pending[--_pendingCount] : -1;
            return step >= 0;
        }

        public void Clear()
        {
            Count = 0;
            Array.Clear(_isVisited);
        }
    }
}
