using Thena.Accounts.Core.Json;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Reading;

namespace Thena.Accounts.Core.Paging;

/// <summary>The filters that lists share. An absent filter leaves the list unchanged. One with an unknown ID leaves it empty.</summary>
internal static class ListFilters
{
    /// <summary>Keeps the records whose property contains an ID.</summary>
    /// <param name="query">The records.</param>
    /// <param name="property">The property.</param>
    /// <param name="reference">The ID as the client wrote it; null if there is no filter.</param>
    public static Query<T> WithId<T>(this Query<T> query, string property, string? reference)
        where T : TenantEntity => reference is null ? query : query.Where(property, WireFormat.IdOrNone(reference));
}
