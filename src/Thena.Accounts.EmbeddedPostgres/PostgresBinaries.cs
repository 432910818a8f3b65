namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>A usable set of PostgreSQL server binaries.</summary>
internal sealed record PostgresBinaries(string Directory, int MajorVersion)
{
    /// <summary>The oldest supported major version.</summary>
    public const int OldestMajorVersion = 15;

    public string Initdb => ProgramIn(Directory, "initdb");

    public string PgCtl => ProgramIn(Directory, "pg_ctl");

    /// <summary>
    /// Checks whether a folder has binaries that are new enough, and that <paramref name="account"/> can run. If not, returns the reason,
    /// which is null if the folder has no binaries at all.
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

        return (new PostgresBinaries(directory, major), null);
    }

    /// <summary>
    /// Reads <c>15</c> from "postgres (PostgreSQL) 15.14 (Debian …)" and <c>18</c> from "postgres (PostgreSQL) 18beta1".
    /// </summary>
    internal static int? ReadMajorVersion(string output)
    {
        var digits = output.Split(' ').ElementAtOrDefault(2)?.TakeWhile(char.IsAsciiDigit).ToArray();
        return int.TryParse(digits, out var major) ? major : null;
    }

    private static string ProgramIn(string directory, string name) =>
        Path.Combine(directory, OperatingSystem.IsWindows() ? name + ".exe" : name);
}
