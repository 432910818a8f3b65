namespace Thena.Accounts.Postgres.Reading;

/// <summary>A statement that reads records.</summary>
/// <param name="Sql">The SQL.</param>
/// <param name="Settings">A statement with settings that runs before it, if there is one.</param>
/// <param name="HasLength">Whether the column before the version is the length of the list that was searched.</param>
/// <param name="MaxSize">The number of characters of text after which reading ends: about 4 MB in memory.</param>
internal readonly record struct Statement(
    string Sql, string? Settings = null, bool HasLength = false, long MaxSize = 2 * 1_024 * 1_024);
