using System.Diagnostics.Metrics;
using Thena.Accounts.Api.Events;
using Thena.Accounts.Postgres.Changes;
using Thena.Accounts.Postgres.Metrics;

namespace Thena.Accounts.Api.Changes;

/// <summary>The metrics of the record of changes.</summary>
internal sealed class ChangeMetrics
{
    /// <summary>Creates the instruments.</summary>
    public ChangeMetrics(IMeterFactory meters, IServiceProvider services, FeedReaders readers)
    {
        var meter = meters.Create(ServerMeter.Name);
        meter.CreateObservableGauge(
            "thena.accounts.changes.unnumbered.age",
            () => services.GetRequiredService<ChangeCleaner>().OldestUnnumbered.TotalSeconds,
            "s",
            "The age of the oldest change without a number in the feed, when all organizations were last looked at.");
        meter.CreateObservableGauge(
            "thena.accounts.feed.readers", () => readers.Count, "{reader}", "The open streams and waiting requests of the feed.");
    }
}
