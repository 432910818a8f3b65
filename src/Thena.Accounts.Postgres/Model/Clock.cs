namespace Thena.Accounts.Postgres.Model;

/// <summary>Reads the clock with the precision that records store.</summary>
public static class Clock
{
    /// <summary>Returns the current time in UTC, truncated to milliseconds, which is the precision of the API.</summary>
    public static DateTimeOffset Now(this TimeProvider time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
}
