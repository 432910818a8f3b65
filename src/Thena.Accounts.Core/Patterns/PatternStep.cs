using System.Runtime.InteropServices;

namespace Thena.Accounts.Core.Patterns;

/// <summary>A step of a pattern.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PatternStep(PatternStepKind Kind, int Value = 0, int Other = 0);

/// <summary>What a step of a pattern does.</summary>
internal enum PatternStepKind
{
    /// <summary>Takes the character <see cref="PatternStep.Value"/>.</summary>
    Character,

    /// <summary>Takes a character of the set number <see cref="PatternStep.Value"/>.</summary>
    Set,

    /// <summary>Goes on at <see cref="PatternStep.Value"/> and at <see cref="PatternStep.Other"/>.</summary>
    Either,

    /// <summary>Goes on at the <see cref="PatternPlace"/> <see cref="PatternStep.Value"/> of the text only.</summary>
    Place,

    /// <summary>The pattern has matched.</summary>
    Done,
}

/// <summary>A place in a text between two characters.</summary>
internal enum PatternPlace
{
    Start,
    LineStart,
    End,
    EndOrLastLineEnd,
    LineEnd,
    WordBoundary,
    NoWordBoundary,
}
