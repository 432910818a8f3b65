namespace Thena.Accounts.Postgres.Schema;

/// <summary>
/// The database cannot be used by this program as it is. The message says what to do. Nothing in the database has been changed.
/// </summary>
/// <param name="sentence">What is wrong, and what to do.</param>
public class UnfitDatabaseException(string sentence) : Exception(sentence);
