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

    /// <summary>Returns the statement for a deleted record.</summary>
    public NpgsqlBatchCommand Remove(Ulid organizationId, T record) => times.Remove(organizationId, UpdateTime<T>.Of(record));

    /// <summary>Returns the SQL of an update of many records that also keeps their times.</summary>
    /// <param name="update">The update of the records, which are called <c>r</c>.</param>
    /// <param name="deletes">Whether the records are deleted.</param>
    public string WithTimes(string update, bool deletes) =>
        $"with changed as ({update} returning r.id, r.updated_at) "
        + (deletes
            ? $"delete from {times.Name} times using changed"
            : $"update {times.Name} times set updated_at = changed.updated_at from changed")
        + " where times.organization_id = $1 and times.id = changed.id";
}
