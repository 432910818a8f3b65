using System.Globalization;
using System.Security.Cryptography;

namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>The folder of one cluster: its data, the superuser's password, the locks of its users and the server's log.</summary>
internal sealed class ClusterDirectory(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Root { get; } = Path.GetFullPath(path);

    public string Data => Path.Combine(Root, "data");

    public string PasswordFile => Path.Combine(Root, "password");

    /// <summary>Held by the one who starts or stops the server.</summary>
    public string StartLock => Path.Combine(Root, "start.lock");

    /// <summary>Held shared by everyone who uses the server.</summary>
    public string UsersLock => Path.Combine(Root, "users.lock");

    public string Log => Path.Combine(Root, "postgres.log");

    public string PreviousLog => Path.Combine(Root, "postgres.previous.log");

    public string PostmasterFile => Path.Combine(Data, "postmaster.pid");

    /// <summary>Whether initdb has been through.</summary>
    public bool IsInitialized => Directory.Exists(Data);

    /// <summary>Creates the folder when missing, and refuses one that holds something else.</summary>
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
            // in this order: a cluster that another process creates meanwhile has its start lock before anything else
            throw new EmbeddedPostgresException($"{Root} is not empty and not a cluster of Thena.Accounts: choose another data directory.");
        }
    }

    /// <summary>Lets the user that runs the server work in the folder. To be called with the start lock held.</summary>
    public async Task HandOverAsync(ServerAccount account, CancellationToken cancellationToken)
    {
        if (!IsInitialized)
        {
            await account.TakeOwnershipAsync(Root, cancellationToken);
        }

        if (!await account.CanWriteToAsync(Root, cancellationToken))
        {
            throw new EmbeddedPostgresException(
                $"The user {account.Name}, who runs PostgreSQL because this process is root, cannot write to {Root}: "
                + "choose a data directory that this user can reach.");
        }
    }

    /// <summary>The major version that has created the data.</summary>
    public int ReadMajorVersion() =>
        int.Parse(File.ReadAllText(Path.Combine(Data, "PG_VERSION")), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);

    public string ReadPassword() => File.ReadAllText(PasswordFile);

    /// <summary>Writes a new random password of 256 bits, which only the owner of the file can read.</summary>
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

        await account.TakeOwnershipAsync(PasswordFile, cancellationToken);
    }

    /// <summary>
    /// A folder for initdb to work in, with those of killed runs removed. Each run has its own: the initdb of a killed process may live on.
    /// </summary>
    public string NewUnfinishedData()
    {
        foreach (var leftover in Directory.EnumerateDirectories(Root, "unfinished-*"))
        {
            try
            {
                Directory.Delete(leftover, recursive: true);
            }
            catch (IOException)
            {
                // still written to; the next run removes it
            }
        }

        return Path.Combine(Root, "unfinished-" + Path.GetRandomFileName());
    }

    /// <summary>The last lines of the server's log, for an error message.</summary>
    public string ReadLogTail()
    {
        const int Lines = 15;
        return string.Join(Environment.NewLine, SharedFile.ReadLines(Log).TakeLast(Lines));
    }
}
