namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>
/// Where clusters and packages lie by default. Root's home is closed to the user that runs the server, so root has others.
/// </summary>
internal static class DefaultPlaces
{
    private const string Product = "thena-accounts";

    private const UnixFileMode OpenToAll =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>The folder of the clusters.</summary>
    public static string Data(ServerAccount account) => account.IsDropped ? $"/var/lib/{Product}" : UserFolder();

    /// <summary>The folder for what can be brought again.</summary>
    public static string Cache(ServerAccount account) => account.IsDropped ? $"/var/cache/{Product}" : UserFolder();

    /// <summary>Creates a folder and its missing parents; those of root can be traversed by all, whatever the umask.</summary>
    public static void Create(string directory)
    {
        if (Directory.Exists(directory))
        {
            return;
        }

        Create(Path.GetDirectoryName(directory)!);
        Directory.CreateDirectory(directory);
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
        {
            File.SetUnixFileMode(directory, OpenToAll);
        }
    }

    private static string UserFolder() =>
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), Product);
}
