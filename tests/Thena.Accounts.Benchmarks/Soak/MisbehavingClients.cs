using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Thena.Accounts.Benchmarks.Soak;

/// <summary>The clients that misbehave.</summary>
internal static class MisbehavingClients
{
    /// <summary>After this time, a client gives up what it does and starts again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly IMisbehavior[] All =
    [
        new CutsOffRequests(),
        new ReadsExportsSlowly(),
        new ReadsListsSlowly(),
        new SendsLongNumbers(),
        new MatchesCostlyPatterns(),
        new LeavesBodiesUnfinished(),
        new LeavesImportsUnfinished(),
        new RunsExports(),
        new UsesWrongKeys(),
    ];

    /// <summary>Finds the ways to misbehave whose name contains one of some texts, separated by commas, or all.</summary>
    public static IReadOnlyList<IMisbehavior> Find(string? parts) => [.. All.Where(behavior =>
        parts is null || parts.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Any(part => behavior.Name.Contains(part, StringComparison.OrdinalIgnoreCase)))];

    /// <summary>Lets clients misbehave in some ways at once, until cancellation.</summary>
    /// <returns>How often they did so, and how it ended.</returns>
    public static async Task<IReadOnlyList<MisbehaviorResult>> RunAsync(
        IReadOnlyList<IMisbehavior> behaviors, MisbehavingTenant tenant, CancellationToken cancellationToken)
    {
        MisbehaviorResult[] results = [.. behaviors.Select(behavior => new MisbehaviorResult(behavior, new(StringComparer.Ordinal)))];
        await Task.WhenAll(results.SelectMany(result => Enumerable.Range(0, result.Behavior.Clients)
            .Select(_ => Task.Run(() => RunClientAsync(result, tenant, cancellationToken), CancellationToken.None))));
        return results;
    }

    private static async Task RunClientAsync(MisbehaviorResult result, MisbehavingTenant tenant, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                result.Count(await ActAsync(result.Behavior, tenant, cancellationToken));
                await Task.Delay(result.Behavior.Pause, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            result.Count("still going on at the end");
        }
    }

    private static async Task<string> ActAsync(IMisbehavior behavior, MisbehavingTenant tenant, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Patience);
        try
        {
            return await behavior.ActAsync(tenant, limited.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "left";
        }
        catch (Exception exception) when (exception is IOException or SocketException or HttpRequestException)
        {
            return "cut off by the server";
        }
    }
}

/// <summary>How often clients misbehaved in one way, and how it ended.</summary>
internal sealed record MisbehaviorResult(IMisbehavior Behavior, ConcurrentDictionary<string, int> Outcomes)
{
    /// <summary>Counts an outcome.</summary>
    public void Count(string outcome) => Outcomes.AddOrUpdate(outcome, 1, (_, count) => count + 1);
}
