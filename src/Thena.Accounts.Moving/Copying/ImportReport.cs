using System.Text.Json.Serialization;

namespace Thena.Accounts.Moving.Copying;

/// <summary>What an import has done.</summary>
/// <param name="DryRun">Whether nothing was written.</param>
/// <param name="Kinds">The numbers of each kind.</param>
/// <param name="Refused">The records that were refused, at most <see cref="MaxRefused"/>.</param>
public sealed record ImportReport(bool DryRun, IReadOnlyList<ImportedKind> Kinds, IReadOnlyList<RefusedRecord> Refused)
{
    /// <summary>The largest number of refused records that are listed. All of them are counted.</summary>
    public const int MaxRefused = 10_000;

    /// <summary>Whether a record was refused.</summary>
    [JsonIgnore]
    public bool HasRefused => Kinds.Any(kind => kind.Refused > 0);
}

/// <summary>The numbers of one kind of record.</summary>
public sealed record ImportedKind
{
    /// <summary>The kind.</summary>
    public required string Kind { get; init; }

    /// <summary>The number of records that the source has.</summary>
    public long Read { get; set; }

    /// <summary>The number of records that were created.</summary>
    public long Created { get; set; }

    /// <summary>The number of existing records that were changed.</summary>
    public long Changed { get; set; }

    /// <summary>The number of records that were the same.</summary>
    public long Unchanged { get; set; }

    /// <summary>The number of records that were refused.</summary>
    public long Refused { get; set; }
}

/// <summary>A record that was refused.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Id">Its ID where it came from; empty if it has none.</param>
/// <param name="Reason">Why it was refused, as one sentence.</param>
public sealed record RefusedRecord(string Kind, string Id, string Reason);

/// <summary>How far an import or export is.</summary>
/// <param name="Kind">The kind of record.</param>
/// <param name="Records">The number of records of this kind so far.</param>
/// <param name="Fraction">The part of them that is done, from 0 to 1; <see langword="null"/> if the rest is not known.</param>
public readonly record struct MovingProgress(string Kind, long Records, double? Fraction = null);
