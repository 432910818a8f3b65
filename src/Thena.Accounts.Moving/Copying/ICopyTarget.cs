using Thena.Accounts.Core.Kinds;

namespace Thena.Accounts.Moving.Copying;

/// <summary>
/// Where records are copied to: an organization here, or another server. <see cref="Mover"/> says which, and in what order.
/// </summary>
internal interface ICopyTarget
{
    /// <summary>The records and users there that copied records refer to.</summary>
    CopiedReferences References { get; }

    /// <summary>The number of records that are looked up and written together.</summary>
    int SetSize { get; }

    /// <summary>Whether sets are written while the next one is read and looked up.</summary>
    bool WritesWhileReading { get; }

    /// <summary>Whether the target has users that a source can bring, or that it can create for records.</summary>
    bool TakesUsers { get; }

    /// <summary>Looks up the users that <see cref="References"/> has been asked for. Creates those that are missing, if it can.</summary>
    /// <returns>The number of created users.</returns>
    Task<int> FindUsersAsync(CancellationToken cancellationToken);

    /// <summary>Finds out which records have copies there, and looks up those that <see cref="References"/> has been asked for.</summary>
    /// <returns>What is known about each record, in their order.</returns>
    Task<IReadOnlyList<KnownRecord>> FindAsync(
        RecordKind kind, IReadOnlyList<CopiedRecord> records, CancellationToken cancellationToken);

    /// <summary>Creates records.</summary>
    /// <returns>What has become of each, in their order.</returns>
    Task<IReadOnlyList<CopyOutcome>> CreateAsync(
        RecordKind kind, IReadOnlyList<PreparedRecord> records, CancellationToken cancellationToken);

    /// <summary>Updates a record.</summary>
    Task<CopyOutcome> UpdateAsync(RecordKind kind, PreparedRecord record, CancellationToken cancellationToken);

    /// <summary>Gives a record a key that no other record has, until it can get its own.</summary>
    /// <returns>Whether it has it.</returns>
    Task<bool> ParkAsync(RecordKind kind, PreparedRecord record, CancellationToken cancellationToken);

    /// <summary>Returns the IDs elsewhere of the records that records there are copies of.</summary>
    Task<ILookup<string, string>> FindOriginalsAsync(RecordKind kind, IEnumerable<string> ids, CancellationToken cancellationToken);
}

/// <summary>What is known about a record that was read.</summary>
/// <param name="Id">The ID of its copy; <see langword="null"/> if it has none.</param>
/// <param name="Hash">The hash of the record as it was when it was last copied; empty if that is not known.</param>
/// <param name="IsGone">Whether the copy has been deleted there.</param>
/// <param name="NewId">The ID of a new copy, if it can be chosen.</param>
internal readonly record struct KnownRecord(string? Id, ReadOnlyMemory<byte> Hash, bool IsGone, string NewId = "");

/// <summary>A record to write.</summary>
/// <param name="Record">The record.</param>
/// <param name="Id">The ID there; empty if the target chooses it.</param>
/// <param name="IsNew">Whether the record is to be created.</param>
internal sealed record PreparedRecord(CopiedRecord Record, string Id, bool IsNew);

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
