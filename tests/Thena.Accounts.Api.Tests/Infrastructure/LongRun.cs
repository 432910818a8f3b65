namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>
/// How often the longest tests repeat what they do: a few times, so that a run of all tests takes minutes, or very often, if
/// THENA_ACCOUNTS_TEST_ROUNDS is <c>all</c>, as in the workflow of every push.
/// </summary>
public static class LongRun
{
    private static readonly bool AreAll = Environment.GetEnvironmentVariable("THENA_ACCOUNTS_TEST_ROUNDS") == "all";

    /// <summary>Returns the number of rounds of a test.</summary>
    public static int Rounds(int all, int few) => AreAll ? all : few;
}
