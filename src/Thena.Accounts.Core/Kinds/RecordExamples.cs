namespace Thena.Accounts.Core.Kinds;

/// <summary>What the examples of the API show of a kind. The numbers are those of the demo data, from 1.</summary>
public sealed record RecordExamples
{
    /// <summary>The number of the record that examples read and change.</summary>
    public int Shown { get; init; } = 1;

    /// <summary>The number of the record that examples delete. No other one refers to it.</summary>
    public int Deleted { get; init; } = 2;

    /// <summary>The number of the record that examples erase.</summary>
    public int Erased { get; init; } = 3;

    /// <summary>The JSON of a change of a few members.</summary>
    public string? Change { get; init; }
}
