using System.Text;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Thena.Accounts.Api.Logging;

/// <summary>
/// Writes the log to standard output as one JSON object per line, many lines at a time and off the threads that handle requests. What is
/// waiting is written when the process stops; a process that is killed loses at most the lines of the last moment.
/// </summary>
internal sealed class BatchedConsoleSink : IBatchedLogEventSink, IDisposable
{
    private readonly RenderedCompactJsonFormatter _formatter = new();
    private readonly StreamWriter _output = new(Console.OpenStandardOutput(), new UTF8Encoding(false), bufferSize: 64 * 1_024);

    /// <summary>When batches are written. If lines come faster than they can be written, the newest lines are dropped.</summary>
    public static BatchingOptions Options { get; } = new()
    {
        BatchSizeLimit = 1_000,
        BufferingTimeLimit = TimeSpan.FromMilliseconds(100),
        EagerlyEmitFirstEvent = true,
        QueueLimit = 100_000,
    };

    public async Task EmitBatchAsync(IReadOnlyCollection<LogEvent> batch)
    {
        foreach (var logEvent in batch)
        {
            _formatter.Format(logEvent, _output);
        }

        await _output.FlushAsync();
    }

    public void Dispose() => _output.Dispose();
}
