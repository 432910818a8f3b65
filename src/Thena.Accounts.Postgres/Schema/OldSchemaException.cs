namespace Thena.Accounts.Postgres.Schema;

/// <summary>The database is of a development version before 1.0, whose schema cannot be upgraded.</summary>
public sealed class OldSchemaException() : UnfitDatabaseException(
    "The database was made by a development version before 1.0 and cannot be upgraded. Export its organizations with that version, and import "
    + "them into a new database.");
