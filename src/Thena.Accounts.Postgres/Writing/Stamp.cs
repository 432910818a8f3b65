using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Postgres.Writing;

/// <summary>Sets what no request can set: the organization, the ID and the times of records.</summary>
/// <param name="ids">Generates IDs.</param>
/// <param name="time">The clock.</param>
/// <param name="organization">The organization of the scope.</param>
/// <param name="origin">Where copied records come from.</param>
public sealed class Stamp(IdGenerator ids, TimeProvider time, CurrentOrganization organization, RecordOrigin origin)
{
    /// <summary>The time of changes that are made now.</summary>
    public DateTimeOffset Now => time.Now();

    /// <summary>Generates IDs that no record has.</summary>
    public IdGenerator Ids => ids;

    /// <summary>Stamps a new record. Its parts can refer to it from then on.</summary>
    public T New<T>(T record)
        where T : TenantEntity => New(record, origin.NextId(ids));

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

    /// <summary>Stamps a record that has changed.</summary>
    internal void Changed(TenantEntity record) => record.StampUpdate(origin.NextVersionOf(record, Now));
}
