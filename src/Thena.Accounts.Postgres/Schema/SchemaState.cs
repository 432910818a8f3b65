namespace Thena.Accounts.Postgres.Schema;

/// <summary>The migrations of a database, compared with those of this program.</summary>
/// <param name="Applied">The migrations of this program that the database has.</param>
/// <param name="Pending">The migrations that the database lacks.</param>
/// <param name="Unknown">The migrations that the database has from a newer program.</param>
public sealed record SchemaState(IReadOnlyList<string> Applied, IReadOnlyList<string> Pending, IReadOnlyList<string> Unknown)
{
    /// <summary>Throws if the database lacks migrations.</summary>
    /// <exception cref="UnfitDatabaseException">The schema is missing or older than this program.</exception>
    public void ExpectNotOlder()
    {
        if (Pending.Count > 0)
        {
            throw new UnfitDatabaseException(
                Applied.Count == 0
                    ? "The database has no schema yet: run \"thena-accounts database migrate\"."
                    : "The schema of the database is older than this program: run \"thena-accounts database migrate\", "
                        + "or use the version of the program that the servers have.");
        }
    }

    /// <summary>Throws if the database does not have exactly the migrations of this program.</summary>
    /// <exception cref="UnfitDatabaseException">The schema is missing, older or newer.</exception>
    public void ExpectSame()
    {
        ExpectNotOlder();
        if (Unknown.Count > 0)
        {
            throw new UnfitDatabaseException(
                "The schema of the database is newer than this program: use the version of the program that the servers have.");
        }
    }
}
