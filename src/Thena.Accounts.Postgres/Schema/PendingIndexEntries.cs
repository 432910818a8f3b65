using Thena.Accounts.Postgres.Connections;

namespace Thena.Accounts.Postgres.Schema;

/// <summary>
/// The entries that GIN indexes, such as the one of searches, have not sorted in yet. PostgreSQL collects them in a list, because it is
/// faster to merge many at once. When the list is full, the transaction that fills it merges it. So the server merges it before (ADR 28).
/// </summary>
public sealed class PendingIndexEntries(DatabaseConnections connections)
{
    /// <summary>Merges the entries of all indexes that the role of the server owns.</summary>
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
