namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>
/// A lock between processes, held by an open file: the operating system frees it when the process ends, however it ends.
/// Under Unix it is <c>flock</c>, which some network file systems do not offer.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>The codes for "someone else holds it": EWOULDBLOCK of Linux, of macOS, and ERROR_SHARING_VIOLATION of Windows.</summary>
    private static readonly int[] HeldByAnother = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Waits until nobody else holds the lock in any way.</summary>
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

    /// <summary>Takes the lock if nobody else holds it in any way.</summary>
    public static FileLock? TryTakeExclusive(string path) => TryTake(path, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Takes the lock if nobody else holds it exclusively.</summary>
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
