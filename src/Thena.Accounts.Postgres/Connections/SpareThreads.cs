namespace Thena.Accounts.Postgres.Connections;

/// <summary>
/// Keeps a thread for each request that may soon give up waiting for the database: Npgsql blocks one while it tries to cancel a statement.
/// There are none while the database answers, as more threads than processors make everything else slower (ADR 19).
/// </summary>
internal static class SpareThreads
{
    private const int Max = 256;

    private static readonly Lock Gate = new();
    private static int _least;
    private static int _count;

    /// <summary>Adds threads, or gives them back.</summary>
    public static void Add(int count)
    {
        lock (Gate)
        {
            ThreadPool.GetMinThreads(out var workers, out var completions);
            if (_count == 0)
            {
                _least = workers;
            }

            _count += count;
            ThreadPool.SetMinThreads(_least + Math.Min(_count, Max), completions);
        }
    }
}
