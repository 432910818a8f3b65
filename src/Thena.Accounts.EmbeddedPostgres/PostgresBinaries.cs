namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>A usable set of PostgreSQL server binaries.</summary>
internal sealed record PostgresBinaries(string Directory, int MajorVersion)
{
    /// <summary>The oldest supported major version.</summary>
    public const int OldestMajorVersion = 15;

    private static readonly string[] NeededExtensions = ["pg_trgm", "btree_gin"];

    public string Initdb => ProgramIn(Directory, "initdb");

    public string PgCtl => ProgramIn(Directory, "pg_ctl");

    /// <summary>
    /// Checks whether a folder has binaries that are new enough, that <paramref name="account"/> can run, and that have the required
    /// extensions. If not, returns the reason, which is null if the folder has no binaries at all.
    /// </summary>
    public static async Task<(PostgresBinaries? Binaries, string? Reason)> ProbeAsync(
        string directory, ServerAccount account, CancellationToken cancellationToken)
    {
        var postgres = ProgramIn(directory, "postgres");
        if (!File.Exists(postgres) || !File.Exists(ProgramIn(directory, "initdb")) || !File.Exists(ProgramIn(directory, "pg_ctl")))
        {
            return (null, null);
        }

        var version = await account.RunAsync(postgres, ["--version"], cancellationToken);
        if (!version.Succeeded)
        {
            return (null, $"the user {account.Name} cannot run it: {version.ErrorSummary}");
        }

        if (ReadMajorVersion(version.Output) is not { } major)
        {
            return (null, $"its version cannot be read: {version.ErrorSummary}");
        }

        if (major < OldestMajorVersion)
        {
            return (null, $"it is version {major}, older than {OldestMajorVersion}");
        }

        return await FindMissingExtensionAsync(directory, account, cancellationToken) is { } missing
            ? (null, $"it lacks the extension {missing} (package postgresql-contrib)")
            : (new PostgresBinaries(directory, major), null);
    }

    /// <summary>
    /// Reads <c>15</c> from "postgres (PostgreSQL) 15.14 (Debian …)" and <c>18</c> from "postgres (PostgreSQL) 18beta1".
    /// </summary>
    internal static int? ReadMajorVersion(string output)
    {
        var digits = output.Split(' ').ElementAtOrDefault(2)?.TakeWhile(char.IsAsciiDigit).ToArray();
        return int.TryParse(digits, out var major) ? major : null;
    }

    /// <summary>Returns the first missing extension. Checks nothing if the installation lacks pg_config.</summary>
    private static async Task<string?> FindMissingExtensionAsync(
        string directory, ServerAccount account, CancellationToken cancellationToken)
    {
        var share = await account.RunAsync(ProgramIn(directory, "pg_config"), ["--sharedir"], cancellationToken);
        return share.Succeeded
            ? Array.Find(NeededExtensions, name => !File.Exists(Path.Combine(share.Output.Trim(), "extension", name + ".control")))
            : null;
    }

    private static string ProgramIn(string directory, string name) =>
        Path.Combine(directory, OperatingSystem.IsWindows() ? name + ".exe" : name);
}
