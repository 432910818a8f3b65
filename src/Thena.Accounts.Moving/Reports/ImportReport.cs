using System.Text.Json.Serialization;

namespace Thena.Accounts.Moving.Reports;

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
