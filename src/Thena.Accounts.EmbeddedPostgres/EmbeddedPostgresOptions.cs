namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>The options of the embedded PostgreSQL. The defaults suit a developer's machine.</summary>
public sealed class EmbeddedPostgresOptions
{
    /// <summary>
    /// The folder of <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>, or the parent of such a <c>bin</c> folder.
    /// If it is set, no other folder is searched.
    /// </summary>
    public string? BinariesDirectory { get; set; }

    /// <summary>
    /// The folder of the cluster, created if it is missing. All processes that use the same folder share one server.
    /// Default: <c>thena-accounts/postgres-&lt;major version&gt;</c> in the user's local application data, or in <c>/var/lib</c> for root.
    /// </summary>
    public string? DataDirectory { get; set; }

    /// <summary>
    /// The PostgreSQL settings by name, such as <c>fsync</c> = <c>off</c> for tests. They apply to a server that this process starts,
    /// but not to one that it joins.
    /// </summary>
    public IDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The maximum time until the server accepts connections, including recovery.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Receives one line for each slow step, such as "Starting PostgreSQL 15 in …".</summary>
    public Action<string>? Progress { get; set; }

    /// <summary>Whether to ignore the PostgreSQL installations of the machine. For tests of the npm package.</summary>
    internal bool NpmOnly { get; set; }

    /// <summary>The folder of the npm packages, if it is not the default one.</summary>
    internal string? NpmCacheDirectory { get; set; }
}
