using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Paging;

/// <summary>The filters that lists share. An absent filter leaves the list unchanged. One with an unknown ID leaves it empty.</summary>
internal static class ListFilters
{
    /// <summary>Keeps the records whose column contains an ID.</summary>
    /// <param name="read">The records.</param>
    /// <param name="column">The column.</param>
    /// <param name="reference">The ID as the client wrote it; null if there is no filter.</param>
    public static RecordRead<TRow> WithId<TRow>(this RecordRead<TRow> read, string column, string? reference) =>
        reference is null ? read : read.WhereEqual(column, WireFormat.IdOrNone(reference).ToGuid());
}
