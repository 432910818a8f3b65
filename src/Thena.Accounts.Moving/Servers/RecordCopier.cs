using Thena.Accounts.Moving.Copying;
using Thena.Accounts.Moving.Reports;

namespace Thena.Accounts.Moving.Servers;

/// <summary>
/// Copies records from elsewhere to another server, through its API. That sets the times of creation, the IDs and the authors itself.
/// </summary>
internal sealed class RecordCopier(TimeProvider time)
{
    /// <summary>Copies all records of a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="target">The other server.</param>
    /// <param name="log">Remembers what has been copied, for later runs.</param>
    /// <param name="options">How they are copied.</param>
    /// <param name="progress">Is told the number of records now and then.</param>
    /// <param name="cancellationToken">Token that stops the copy between two records.</param>
    /// <returns>The report.</returns>
    /// <exception cref="RecordSourceException">A server does not answer as it should.</exception>
    public async Task<ImportReport> RunAsync(
        IRecordSource source,
        ServerConnection target,
        CopyLog log,
        CopyOptions options,
        Action<MovingProgress> progress,
        CancellationToken cancellationToken)
    {
        var server = new ServerTarget(target, log, options);
        await server.LoadAsync(time, cancellationToken);
        var ordered = new OldestFirstSource(source);
        return await new Mover(ordered, server, new ImportCounts(ordered, server.References), time, options.DryRun, progress)
            .RunAsync(cancellationToken);
    }
}
