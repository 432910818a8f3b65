using System.Diagnostics.Metrics;
using Thena.Accounts.Core.Deliveries;
using Thena.Accounts.Postgres.Metrics;

namespace Thena.Accounts.Api.Metrics;

/// <summary>What becomes of deliveries to webhooks.</summary>
internal static class WebhookMetrics
{
    private static readonly Counter<long> Deliveries = ServerMeter.Meter.CreateCounter<long>(
        "thena.accounts.webhooks.deliveries", "{attempt}", "Attempts to deliver events, by outcome.");

    private static readonly Counter<long> Disabled = ServerMeter.Meter.CreateCounter<long>(
        "thena.accounts.webhooks.disabled", "{webhook}", "Webhooks that the server has disabled.");

    private static readonly Histogram<double> Durations = ServerMeter.Meter.CreateHistogram<double>(
        "thena.accounts.webhooks.duration", "s", "The duration of attempts to deliver events.");

    /// <summary>Counts an attempt.</summary>
    public static void Count(WebhookOutcome outcome)
    {
        Deliveries.Add(1, new KeyValuePair<string, object?>("outcome", OutcomeOf(outcome)));
        Durations.Record(outcome.Duration.TotalSeconds);
    }

    /// <summary>Counts a webhook that was disabled.</summary>
    public static void CountDisabled() => Disabled.Add(1);

    private static string OutcomeOf(WebhookOutcome outcome) => outcome switch
    {
        { IsSuccess: true } => "delivered",
        { Status: null } => "unreachable",
        { Status: >= 300 and < 400 } => "redirect",
        { Status: >= 400 and < 500 } => "client_error",
        { Status: >= 500 } => "server_error",
        _ => "timeout",
    };
}
