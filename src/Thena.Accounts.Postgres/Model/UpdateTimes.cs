using Npgsql;

namespace Thena.Accounts.Postgres.Model;

/// <summary>Keeps the <see cref="UpdateTime{T}"/> of records: in the transaction that writes the records, after they are locked.</summary>
/// <typeparam name="T">The kind of records.</typeparam>
internal sealed class UpdateTimes<T>(Table<T> records, Table<UpdateTime<T>> times)
    where T : TenantEntity
{
    /// <summary>
    /// The records as a subquery, which PostgreSQL makes a part of the statement around it. The columns that order the records are those of
    /// the narrow table.
    /// </summary>
    public string Rows { get; } =
        $"""
        (select times.organization_id, times.id, times.updated_at,
            {records.ColumnsExcept("records", nameof(UpdateTime<>.Id), nameof(UpdateTime<>.UpdatedAt))}
        from {times.Name} times join {records.Name} records on records.organization_id = $1 and records.id = times.id
        where times.organization_id = $1)
        """;

    /// <summary>Returns the statement for new records.</summary>
    public NpgsqlBatchCommand Insert(Ulid organizationId, IReadOnlyList<T> added) => added is [var one]
        ? times.Insert(organizationId, UpdateTime<T>.Of(one))
        : times.InsertSet(organizationId, [.. added.Select(UpdateTime<T>.Of)]);

    /// <summary>Returns the statement for a changed record, or null if its time is the same.</summary>
    public NpgsqlBatchCommand? Update(Ulid organizationId, T before, T record) =>
        times.Update(organizationId, UpdateTime<T>.Of(before), UpdateTime<T>.Of(record));

    /// <summary>Returns the statement for changed records.</summary>
    public NpgsqlBatchCommand UpdateSet(Ulid organizationId, IReadOnlyList<T> records) =>
        times.UpdateSet(organizationId, [.. records.Select(UpdateTime<T>.Of)], [nameof(UpdateTime<>.UpdatedAt)]);

    /// <summary>Returns the statement for deleted records.</summary>
    public NpgsqlBatchCommand Remove(Ulid organizationId, IReadOnlyList<T> records) => records is [var one]
        ? times.Remove(organizationId, UpdateTime<T>.Of(one))
        : times.RemoveSet(organizationId, [.. records.Select(UpdateTime<T>.Of)]);
}
