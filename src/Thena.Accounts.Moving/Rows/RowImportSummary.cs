namespace Thena.Accounts.Moving.Rows;

/// <summary>What an import of rows has done.</summary>
public sealed record RowImportSummary
{
    /// <summary>Whether this was a dry run, which writes nothing.</summary>
    public required bool DryRun { get; init; }

    /// <summary>The number of rows.</summary>
    public long Read { get; set; }

    /// <summary>The number of records that were created, or would be created in a dry run.</summary>
    public long Created { get; set; }

    /// <summary>The number of existing records that were changed, or would be changed.</summary>
    public long Changed { get; set; }

    /// <summary>The number of existing records that were left as they are.</summary>
    public long Skipped { get; set; }

    /// <summary>The number of rows that were rejected.</summary>
    public long Rejected { get; set; }
}
