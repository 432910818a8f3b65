namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>
/// A lock between processes, backed by an open file. The operating system releases it when the process ends, even after a crash.
/// On Unix it is <c>flock</c>, which some network file systems do not support.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>The error codes for a taken lock: EWOULDBLOCK on Linux and on macOS, ERROR_SHARING_VIOLATION on Windows.</summary>
    private static readonly int[] HeldByAnother = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Waits until nobody else has the lock, shared or exclusive, and takes it.</summary>
    public static async Task<FileLock> TakeExclusiveAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTakeExclusive(path) is { } taken)
            {
                return taken;
            }

            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    /// <summary>Takes the lock, or returns null if anyone else has it, shared or exclusive.</summary>
    public static FileLock? TryTakeExclusive(string path) => TryTake(path, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Takes the lock with others, or returns null if someone else has it exclusively.</summary>
    public static FileLock? TryTakeShared(string path) => TryTake(path, FileAccess.Read, FileShare.Read);

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private static FileLock? TryTake(string path, FileAccess access, FileShare share)
    {
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, access, share));
        }
        catch (IOException e) when (HeldByAnother.Contains(e.HResult))
        {
            return null;
        }
    }
}
