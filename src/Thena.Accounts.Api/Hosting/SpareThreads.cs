namespace Thena.Accounts.Api.Hosting;

/// <summary>
/// Keeps threads for statements that the database does not answer: Npgsql blocks one while it tries to cancel each (ADR 14). Not from the
/// start, as .NET compiles the code that is used most on one thread, which gets too little of the processors if many others are busy.
/// </summary>
internal sealed class SpareThreads(TimeProvider time) : BackgroundService
{
    private const int Count = 16;

    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(WarmUp, time, stoppingToken);
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Count), completions);
    }
}
