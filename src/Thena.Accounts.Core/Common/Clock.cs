namespace Thena.Accounts.Core.Common;

/// <summary>The time as records keep it.</summary>
public static class Clock
{
    /// <summary>Now, in UTC, cut to the millisecond that the wire shows.</summary>
    public static DateTimeOffset Now(this TimeProvider time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
}
