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
