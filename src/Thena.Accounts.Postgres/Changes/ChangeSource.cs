namespace Thena.Accounts.Postgres.Changes;

/// <summary>What changes come from.</summary>
public static class ChangeSource
{
    /// <summary>A request that changes one record.</summary>
    public const string Api = "api";

    /// <summary>A bulk request.</summary>
    public const string Bulk = "bulk";

    /// <summary>The ingestion of users.</summary>
    public const string Ingest = "ingest";

    /// <summary>An import.</summary>
    public const string Import = "import";

    /// <summary>The server itself, or its operator.</summary>
    public const string System = "system";
}
