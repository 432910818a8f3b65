namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>
/// The default folders of clusters and packages. They differ for root, because the user that runs the server cannot read root's home.
/// </summary>
internal static class DefaultPlaces
{
    private const string Product = "thena-accounts";

    private const UnixFileMode OpenToAll =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>The folder of the clusters.</summary>
    public static string Data(ServerAccount account) => account.RunsAsOtherUser ? $"/var/lib/{Product}" : UserFolder();

    /// <summary>The folder of packages, which can be installed again.</summary>
    public static string Cache(ServerAccount account) => account.RunsAsOtherUser ? $"/var/cache/{Product}" : UserFolder();

    /// <summary>Creates a folder and its missing parents. If root creates them, all users can read them, whatever the umask.</summary>
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
