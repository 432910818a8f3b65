namespace Thena.Accounts.Core.Persistence;

/// <summary>What the records of an organization have in common. The database layer fills all of it.</summary>
public abstract class Record : ITenantScoped
{
    /// <inheritdoc/>
    public Ulid OrganizationId { get; private set; }

    /// <summary>The record's id, unique within its organization and growing in order of creation.</summary>
    public Ulid Id { get; private set; }

    /// <summary>When the record was created.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When something about the record last changed.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>When the record was deleted; <see langword="null"/> while it lives.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>Fills what the database layer fills, for rows that are inserted as a set.</summary>
    internal void Stamp(Ulid organizationId, Ulid id)
    {
        OrganizationId = organizationId;
        Id = id;
        CreatedAt = UpdatedAt = id.Time;
    }
}
