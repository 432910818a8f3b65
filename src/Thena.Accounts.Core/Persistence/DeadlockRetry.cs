using System.Security.Cryptography;

namespace Thena.Accounts.Core.Persistence;

/// <summary>Does again what the database ended because it and another waited for each other. For work over many rows, whose order no one can promise.</summary>
internal static class DeadlockRetry
{
    private const int Attempts = 6;

    /// <summary>Does work that opens its own transaction.</summary>
    public static async Task<T> WithDeadlockRetryAsync<T>(this AccountsDbContext context, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (Exception exception) when (DatabaseFaults.IsDeadlock(exception) && attempt < Attempts)
            {
                context.ChangeTracker.Clear();
                await Task.Delay(RandomNumberGenerator.GetInt32(5, 50), cancellationToken);
            }
        }
    }
}
