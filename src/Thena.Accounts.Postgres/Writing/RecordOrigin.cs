using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Postgres.Writing;

/// <summary>
/// Where the records that <see cref="Writes"/> writes come from. Those of a request are new: the server sets their IDs and times, and they
/// get default values. Those that an import copies from elsewhere are complete.
/// </summary>
public sealed record RecordOrigin
{
    /// <summary>A request to the API.</summary>
    public static RecordOrigin Request { get; } = new();

    /// <summary>Whether records are copied from elsewhere: they keep their times, and get no default values.</summary>
    public bool IsCopy { get; init; }

    /// <summary>Whether nothing is kept: transactions are rolled back at their end.</summary>
    public bool IsTrial { get; init; }

    /// <summary>Whether an update adds custom field values and accounts to those that a record has, instead of replacing them.</summary>
    public bool AddsToLists { get; init; }

    /// <summary>The record that is copied, with the ID that it gets if it is created; <see langword="null"/> if sets are written.</summary>
    public ImportedRecord? Record { get; init; }

    /// <summary>The time of the last change of <see cref="Record"/>.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Sets the properties of <see cref="Record"/> that no request can set.</summary>
    public Action<TenantEntity> Complete { get; init; } = _ => { };

    /// <summary>Whether the import has written the record with an ID already.</summary>
    public Func<Ulid, bool> IsWritten { get; init; } = _ => false;

    /// <summary>Returns the version of a record that is about to be changed.</summary>
    /// <remarks>
    /// An import may need several steps for a record, such as one of two relationship types that refer to each other. The record has the
    /// time of its last change elsewhere after the first of them, and keeps it.
    /// </remarks>
    internal DateTimeOffset NextVersionOf(TenantEntity record, DateTimeOffset now) =>
        Record is null ? record.NextVersion(now)
        : !IsWritten(record.Id) ? record.NextVersion(UpdatedAt)
        : record.Id == Record.NewId && IsOutdated(record) ? UpdatedAt
        : record.UpdatedAt;

    /// <summary>Whether the record has been changed later elsewhere than here, even if that has changed nothing but the time.</summary>
    internal bool IsOutdated(TenantEntity record) => Record is not null && record.UpdatedAt < UpdatedAt;
}
