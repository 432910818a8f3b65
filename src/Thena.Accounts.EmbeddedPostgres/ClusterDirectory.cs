using System.Globalization;
using System.Security.Cryptography;

namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>The folder of one cluster: its data, the superuser's password, the locks and the server's log.</summary>
internal sealed class ClusterDirectory(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Root { get; } = Path.GetFullPath(path);

    public string Data => Path.Combine(Root, "data");

    public string PasswordFile => Path.Combine(Root, "password");

    /// <summary>The lock for starting and stopping the server.</summary>
    public string StartLock => Path.Combine(Root, "start.lock");

    /// <summary>The lock that all users of the server share.</summary>
    public string UsersLock => Path.Combine(Root, "users.lock");

    public string Log => Path.Combine(Root, "postgres.log");

    public string PreviousLog => Path.Combine(Root, "postgres.previous.log");

    public string PostmasterFile => Path.Combine(Data, "postmaster.pid");

    /// <summary>Whether initdb has completed.</summary>
    public bool IsInitialized => Directory.Exists(Data);

    /// <summary>Creates the folder if it is missing, and refuses one with other content.</summary>
    public void Create()
    {
        if (!Directory.Exists(Root))
        {
            DefaultPlaces.Create(Path.GetDirectoryName(Root)!);
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(Root);
            }
            else
            {
                Directory.CreateDirectory(Root, OwnerOnly);
            }
        }
        else if (Directory.EnumerateFileSystemEntries(Root).Any() && !File.Exists(StartLock))
        {
            // checked in this order: if another process creates the cluster meanwhile, it creates the start lock first
            throw new EmbeddedPostgresException($"{Root} is not empty and not a cluster of Thena.Accounts: choose another data directory.");
        }
    }

    /// <summary>Gives the user that runs the server access to the folder. The caller must have the start lock.</summary>
    public async Task GrantAccessAsync(ServerAccount account, CancellationToken cancellationToken)
    {
        if (!IsInitialized)
        {
            await account.MakeOwnerOfAsync(Root, cancellationToken);
        }

        if (!await account.CanWriteToAsync(Root, cancellationToken))
        {
            throw new EmbeddedPostgresException(
                $"The user {account.Name}, who runs PostgreSQL because this process is root, cannot write to {Root}: "
                + "choose a data directory that this user can reach.");
        }
    }

    /// <summary>Reads the major version of the PostgreSQL that created the data.</summary>
    public int ReadMajorVersion() =>
        int.Parse(File.ReadAllText(Path.Combine(Data, "PG_VERSION")), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);

    public string ReadPassword() => File.ReadAllText(PasswordFile);

    /// <summary>Writes a new random password of 256 bits to a file that only its owner can read.</summary>
    public async Task CreatePasswordAsync(ServerAccount account, CancellationToken cancellationToken)
    {
        File.Delete(PasswordFile);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var writer = new StreamWriter(PasswordFile, options))
        {
            await writer.WriteAsync(RandomNumberGenerator.GetHexString(64, lowercase: true));
        }

        await account.MakeOwnerOfAsync(PasswordFile, cancellationToken);
    }

    /// <summary>
    /// Returns the path of a new folder for initdb, and deletes the folders of killed runs. Each run has its own folder, because the initdb
    /// of a killed process may still be running.
    /// </summary>
    public string PrepareInitdbPath()
    {
        foreach (var leftover in Directory.EnumerateDirectories(Root, "unfinished-*"))
        {
            try
            {
                Directory.Delete(leftover, recursive: true);
            }
            catch (IOException)
            {
                // still in use; the next run deletes it
            }
        }

        return Path.Combine(Root, "unfinished-" + Path.GetRandomFileName());
    }

    /// <summary>Reads the last lines of the server's log, for an error message.</summary>
    public string ReadLogTail()
    {
        const int Lines = 15;
        return string.Join(Environment.NewLine, SharedFile.ReadLines(Log).TakeLast(Lines));
    }
}
