using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Postgres.Writing;

/// <summary>Sets what no request can set: the organization, the ID and the times of records.</summary>
/// <param name="ids">Generates IDs.</param>
/// <param name="time">The clock.</param>
/// <param name="organization">The organization of the scope.</param>
public sealed class Stamp(IdGenerator ids, TimeProvider time, CurrentOrganization organization)
{
    /// <summary>Where the records come from.</summary>
    internal RecordOrigin Origin { get; init; } = RecordOrigin.Request;

    /// <summary>The time of changes that are made now.</summary>
    public DateTimeOffset Now => time.Now();

    /// <summary>Generates IDs that no record has.</summary>
    public IdGenerator Ids => ids;

    /// <summary>Stamps a new record. Its parts can refer to it from then on.</summary>
    public T New<T>(T record)
        where T : TenantEntity => New(record, Origin.Record?.NewId ?? ids.Next());

    /// <summary>Stamps a new record that has been given an ID. The time in the ID is the time of creation.</summary>
    /// <param name="record">The record.</param>
    /// <param name="id">The ID.</param>
    /// <param name="updatedAt">The time of the last change, if it is not the time of creation.</param>
    public T New<T>(T record, Ulid id, DateTimeOffset? updatedAt = null)
        where T : TenantEntity
    {
        record.Stamp(organization.Id, id);
        if (updatedAt is { } changed)
        {
            record.StampUpdate(changed);
        }

        return record;
    }

    /// <summary>Returns a stamp for records that come from elsewhere.</summary>
    internal Stamp WithOrigin(RecordOrigin origin) => new(ids, time, organization) { Origin = origin };

    /// <summary>Stamps a record that has changed.</summary>
    /// <param name="record">The record.</param>
    /// <param name="before">The record as it was before the unit.</param>
    internal void Changed(TenantEntity record, TenantEntity before) =>
        record.StampUpdate(Origin.NextVersionOf(record, Now), before.Revision + 1);

    /// <summary>Stamps a record that is deleted.</summary>
    /// <param name="record">The record.</param>
    /// <param name="before">The record as it was before the unit.</param>
    /// <param name="after">A time that the deletion must come after.</param>
    internal void Deleted(TenantEntity record, TenantEntity before, DateTimeOffset after = default)
    {
        var next = record.NextVersion(Now);
        record.StampDeletion(next > after ? next : after.AddMilliseconds(1), before.Revision + 1);
    }
}
