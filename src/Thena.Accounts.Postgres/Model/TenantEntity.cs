namespace Thena.Accounts.Postgres.Model;

/// <summary>The base class of an organization's records. The database layer sets all of its properties.</summary>
public abstract class TenantEntity : ITenantScoped
{
    /// <inheritdoc/>
    public Ulid OrganizationId { get; private set; }

    /// <summary>The record's ID. It is unique within the organization, and IDs increase in order of creation.</summary>
    public Ulid Id { get; private set; }

    /// <summary>The time of creation.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>The time of the last change.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>The time of deletion; <see langword="null"/> if the record is not deleted.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>The number of changes so far, from 1. Each transaction that changes the record counts once.</summary>
    public int Revision { get; private set; } = 1;

    /// <summary>Sets these properties of a new record that the context does not track.</summary>
    internal void Stamp(Ulid organizationId, Ulid id)
    {
        Id = id;
        StampNew(organizationId);
    }

    /// <summary>
    /// Returns the time of a change: later than that of the change before, even if both happen in one millisecond or the clock steps back.
    /// </summary>
    internal DateTimeOffset NextVersion(DateTimeOffset now) => now > UpdatedAt ? now : UpdatedAt.AddMilliseconds(1);

    /// <summary>Sets the time of the last change of a new record that an import creates.</summary>
    internal void StampUpdate(DateTimeOffset updatedAt) => UpdatedAt = updatedAt;

    /// <summary>Sets the time and the number of a change.</summary>
    internal void StampUpdate(DateTimeOffset updatedAt, int revision) => (UpdatedAt, Revision) = (updatedAt, revision);

    /// <summary>Sets the time and the number of the last change, which is the deletion.</summary>
    internal void StampDeletion(DateTimeOffset deletedAt, int revision)
    {
        StampUpdate(deletedAt, revision);
        DeletedAt = deletedAt;
    }

    /// <summary>Sets the organization and the times of a new record that has its ID.</summary>
    internal void StampNew(Ulid organizationId)
    {
        OrganizationId = organizationId;
        CreatedAt = Id.Time;
        UpdatedAt = UpdatedAt > CreatedAt ? UpdatedAt : CreatedAt;
    }
}
