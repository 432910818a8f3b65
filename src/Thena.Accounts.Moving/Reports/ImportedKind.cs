namespace Thena.Accounts.Moving.Reports;

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
