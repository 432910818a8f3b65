using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Paging;

/// <summary>The filters that lists share. A filter that is not given leaves the list as it is; one with an unknown ID leaves nothing.</summary>
internal static class ListFilters
{
    /// <summary>Keeps the records with an ID in a column.</summary>
    /// <param name="read">The records.</param>
    /// <param name="column">The column.</param>
    /// <param name="reference">The ID, as the client wrote it, or null.</param>
    public static RecordRead<TRow> WithId<TRow>(this RecordRead<TRow> read, string column, string? reference) =>
        reference is null ? read : read.WhereEqual(column, WireFormat.IdOrNone(reference).ToGuid());
}
