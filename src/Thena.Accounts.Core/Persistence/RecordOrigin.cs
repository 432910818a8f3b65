namespace Thena.Accounts.Core.Persistence;

/// <summary>
/// Where the records of a scope come from, if an import copies them from elsewhere. Such records are complete: they keep their times, and
/// get no default values.
/// </summary>
public sealed class RecordOrigin
{
    private ImportedRecord? _record;
    private DateTimeOffset _updatedAt;
    private Action<TenantEntity> _complete = _ => { };

    /// <summary>Whether records are copied from elsewhere.</summary>
    public bool IsCopy { get; private set; }

    /// <summary>Whether nothing is kept: transactions are rolled back at their end.</summary>
    public bool IsTrial { get; internal set; }

    /// <summary>Whether the record has been created or changed.</summary>
    public bool HasWritten { get; internal set; }

    /// <summary>Sets that records are copied, by code that sets their IDs and times itself.</summary>
    internal void SetCopy() => IsCopy = true;

    /// <summary>Sets the record that is copied next.</summary>
    /// <param name="record">The record, with the ID that it gets if it is created.</param>
    /// <param name="updatedAt">The time of its last change.</param>
    /// <param name="complete">Sets the properties that no request can set.</param>
    internal void SetCopy(ImportedRecord record, DateTimeOffset updatedAt, Action<TenantEntity> complete)
    {
        (_record, _updatedAt, _complete) = (record, updatedAt, complete);
        SetCopy();
    }

    /// <summary>Returns the ID of a new record.</summary>
    internal Ulid NextId(IdGenerator ids) => _record?.NewId ?? ids.Next();

    /// <summary>Returns the time of a change.</summary>
    internal DateTimeOffset TimeOfChange(DateTimeOffset now) => _record is null ? now : _updatedAt;

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
