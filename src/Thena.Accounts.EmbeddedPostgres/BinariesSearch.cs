using System.Globalization;

namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>Finds the server binaries: in the configured folder, or else in <c>PATH</c>, well-known folders or the npm package.</summary>
internal sealed class BinariesSearch(EmbeddedPostgresOptions options, ServerAccount account)
{
    /// <summary>The advice for a developer if no PostgreSQL is found.</summary>
    public const string Remedies =
        "install PostgreSQL 15 or newer (for example: apt-get install postgresql), or install Node.js with npm, "
        + "or set ConnectionStrings__Accounts to a server of your own (for example one in Docker)";

    /// <summary>Installation folders: a parent folder, a name or pattern in it, and a subfolder.</summary>
    private static readonly (string Parent, string Name, string Below)[] WellKnownPlaces =
    [
        ("/usr/lib/postgresql", "*", "bin"),
        ("/usr", "pgsql-*", "bin"),
        ("/opt/homebrew/opt", "postgresql@*", "bin"),
        ("/usr/local/opt", "postgresql@*", "bin"),
        ("/opt/homebrew", "bin", ""),
        ("/Applications/Postgres.app/Contents/Versions", "*", "bin"),
        (Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "*", "bin"),
    ];

    /// <summary>Finds the first usable binaries, or throws an exception that lists the remedies.</summary>
    public async Task<PostgresBinaries> FindAsync(CancellationToken cancellationToken)
    {
        if (options.BinariesDirectory is { } configured)
        {
            return await FindInAsync([Path.GetFullPath(configured), Path.GetFullPath(Path.Combine(configured, "bin"))], cancellationToken)
                ?? throw new EmbeddedPostgresException(
                    $"The configured binaries directory {configured} holds no usable initdb, pg_ctl and postgres "
                    + $"of PostgreSQL {PostgresBinaries.OldestMajorVersion} or newer.");
        }

        var binaries = options.NpmOnly ? null : await FindInAsync(InstalledDirectories(), cancellationToken);
        return binaries
            ?? await FindInAsync(await NpmDirectoriesAsync(cancellationToken), cancellationToken)
            ?? throw new EmbeddedPostgresException($"No PostgreSQL was found on this machine: {Remedies}.");
    }

    /// <summary>The folders of <c>PATH</c>.</summary>
    internal static string[] PathDirectories() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private async Task<PostgresBinaries?> FindInAsync(IEnumerable<string> directories, CancellationToken cancellationToken)
    {
        foreach (var directory in directories)
        {
            var (binaries, reason) = await PostgresBinaries.ProbeAsync(directory, account, cancellationToken);
            if (binaries is not null)
            {
                return binaries;
            }

            if (reason is not null)
            {
                options.Progress?.Invoke($"Skipping PostgreSQL in {directory}: {reason}");
            }
        }

        return null;
    }

    private static IEnumerable<string> InstalledDirectories() =>
        PathDirectories().Concat(WellKnownPlaces.SelectMany(Expand)).Distinct(StringComparer.Ordinal);

    /// <summary>Returns the existing folders of a well-known place, newest version first.</summary>
    private static IEnumerable<string> Expand((string Parent, string Name, string Below) place) =>
        Directory.Exists(place.Parent)
            ? Directory.EnumerateDirectories(place.Parent, place.Name)
                .OrderByDescending(VersionInName)
                .Select(directory => Path.Combine(directory, place.Below))
            : [];

    private static int VersionInName(string directory)
    {
        var digits = Path.GetFileName(directory).SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit).ToArray();
        return int.TryParse(digits, CultureInfo.InvariantCulture, out var version) ? version : 0;
    }

    private async Task<string[]> NpmDirectoriesAsync(CancellationToken cancellationToken)
    {
        var cache = options.NpmCacheDirectory ?? Path.Combine(DefaultPlaces.Cache(account), "npm");
        return await new NpmPackage(cache, options.Progress).EnsureInstalledAsync(cancellationToken) is { } directory ? [directory] : [];
    }
}
