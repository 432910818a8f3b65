using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Postgres.Writing;

/// <summary>
/// Where the records of a scope come from, if an import copies them from elsewhere. Such records are complete: they keep their times, and
/// get no default values.
/// </summary>
public sealed class RecordOrigin
{
    private ImportedRecord? _record;
    private DateTimeOffset _updatedAt;
    private Action<TenantEntity> _complete = _ => { };
    private Func<Ulid, bool> _isWritten = _ => false;

    /// <summary>Whether records are copied from elsewhere.</summary>
    public bool IsCopy { get; private set; }

    /// <summary>Whether nothing is kept: transactions are rolled back at their end.</summary>
    public bool IsTrial { get; internal set; }

    /// <summary>Whether an update adds custom field values and accounts to those that a record has, instead of replacing them.</summary>
    public bool AddsToLists { get; internal set; }

    /// <summary>Whether the record has been created or changed.</summary>
    public bool HasWritten { get; internal set; }

    /// <summary>Sets that records are copied, by code that sets their IDs and times itself.</summary>
    internal void SetCopy() => IsCopy = true;

    /// <summary>Sets the record that is copied next.</summary>
    /// <param name="record">The record, with the ID that it gets if it is created.</param>
    /// <param name="updatedAt">The time of its last change.</param>
    /// <param name="complete">Sets the properties that no request can set.</param>
    /// <param name="isWritten">Whether the import has written the record with an ID already.</param>
    internal void SetCopy(
        ImportedRecord record, DateTimeOffset updatedAt, Action<TenantEntity> complete, Func<Ulid, bool>? isWritten = null)
    {
        (_record, _updatedAt, _complete, _isWritten) = (record, updatedAt, complete, isWritten ?? (_ => false));
        SetCopy();
    }

    /// <summary>Returns the ID of a new record.</summary>
    internal Ulid NextId(IdGenerator ids) => _record?.NewId ?? ids.Next();

    /// <summary>Returns the version of a record that is about to be changed.</summary>
    /// <remarks>
    /// An import may need several steps for a record, such as one of two relationship types that refer to each other. The record has the
    /// time of its last change elsewhere after the first of them, and keeps it.
    /// </remarks>
    internal DateTimeOffset NextVersionOf(TenantEntity record, DateTimeOffset now) =>
        _record is null ? record.NextVersion(now)
        : !_isWritten(record.Id) ? record.NextVersion(_updatedAt)
        : record.Id == _record.NewId && IsOutdated(record) ? _updatedAt
        : record.UpdatedAt;

    /// <summary>Whether the record has been changed later elsewhere than here, even if that has changed nothing but the time.</summary>
    internal bool IsOutdated(TenantEntity record) => _record is not null && record.UpdatedAt < _updatedAt;

    /// <summary>Completes a record before it is saved.</summary>
    /// <returns>The row that remembers where a new record comes from, if it is a copy.</returns>
    internal ImportedRecord? Complete(TenantEntity record, bool isNew)
    {
        if (_record is null)
        {
            return null;
        }

        _complete(record);
        if (!isNew)
        {
            return null;
        }

        record.StampUpdate(_updatedAt);
        return _record;
    }
}
