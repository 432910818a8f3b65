namespace Thena.Accounts.Moving.Copying;

/// <summary>What has become of a record.</summary>
/// <param name="Result">What has been done.</param>
/// <param name="Id">The ID of the record there, or of the one that has its key.</param>
/// <param name="Reason">Why the record was refused, as one sentence.</param>
internal readonly record struct CopyOutcome(CopyResult Result, string Id, string Reason = "");

/// <summary>What can become of a record.</summary>
internal enum CopyResult
{
    /// <summary>It was created.</summary>
    Created,

    /// <summary>It was changed.</summary>
    Changed,

    /// <summary>It was the same.</summary>
    Unchanged,

    /// <summary>It was not written, because another record has its key.</summary>
    KeyIsTaken,

    /// <summary>It was refused.</summary>
    Refused,
}
