namespace Thena.Accounts.Core.Patterns;

/// <summary>A part of a pattern, and the number of its steps.</summary>
internal abstract class PatternPart
{
    private readonly int _size;

    protected PatternPart(long size) => _size = size <= FieldPattern.MaxSteps ? (int)size : throw new NotSupportedException();

    public int Size => _size;

    /// <summary>Adds the steps.</summary>
    public abstract void AddTo(List<PatternStep> steps);

    /// <summary>One step.</summary>
    internal sealed class Single(PatternStep step) : PatternPart(1)
    {
        public override void AddTo(List<PatternStep> steps) => steps.Add(step);
    }

    /// <summary>Parts, one after the other.</summary>
    internal sealed class Sequence(List<PatternPart> parts) : PatternPart(parts.Sum(part => (long)part.Size))
    {
        public override void AddTo(List<PatternStep> steps) => parts.ForEach(part => part.AddTo(steps));
    }

    /// <summary>One of two parts.</summary>
    internal sealed class Choice(PatternPart first, PatternPart second) : PatternPart(first.Size + second.Size + 2L)
    {
        public override void AddTo(List<PatternStep> steps)
        {
            AddEither(steps, steps.Count + 1, steps.Count + first.Size + 2);
            first.AddTo(steps);
            AddJump(steps, steps.Count + 1 + second.Size);
            second.AddTo(steps);
        }
    }

    /// <summary>A part, at least and at most so many times.</summary>
    internal sealed class Repetition(PatternPart part, int least, int? most)
        : PatternPart(((long)least * part.Size) + (most is { } end ? (end - (long)least) * (part.Size + 1) : part.Size + 2))
    {
        public override void AddTo(List<PatternStep> steps)
        {
            for (var count = 0; count < least && part.Size > 0; count++)
            {
                part.AddTo(steps);
            }

            if (most is null)
            {
                var start = steps.Count;
                AddEither(steps, start + 1, start + part.Size + 2);
                part.AddTo(steps);
                AddJump(steps, start);
            }

            for (var left = most - least; left > 0; left--)
            {
                AddEither(steps, steps.Count + 1, steps.Count + (left.Value * (part.Size + 1)));
                part.AddTo(steps);
            }
        }
    }

    private static void AddEither(List<PatternStep> steps, int one, int other) => steps.Add(new(PatternStepKind.Either, one, other));

    private static void AddJump(List<PatternStep> steps, int target) => AddEither(steps, target, target);
}
