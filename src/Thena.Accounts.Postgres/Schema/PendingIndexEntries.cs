using Thena.Accounts.Postgres.Connections;

namespace Thena.Accounts.Postgres.Schema;

/// <summary>
/// The pending lists of GIN indexes, such as the one of searches: PostgreSQL first collects new entries there, because it is faster to
/// merge many at once. The transaction that fills a pending list has to merge it, so the server does so before it is full (ADR 28).
/// </summary>
public sealed class PendingIndexEntries(DatabaseConnections connections)
{
    /// <summary>Merges the pending lists of all indexes that the role of the server owns.</summary>
    public Task MergeAsync(CancellationToken cancellationToken) => connections.MaintainAsync(
        """
        do $$
        begin
            perform gin_clean_pending_list(i.oid)
            from pg_class i join pg_am m on m.oid = i.relam
            where m.amname = 'gin' and i.relkind = 'i' and i.relnamespace = 'public'::regnamespace
                and pg_has_role(i.relowner, 'usage');
        end
        $$
        """,
        cancellationToken);
}
