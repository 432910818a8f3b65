using System.Diagnostics.Metrics;
using Thena.Accounts.Core.Deliveries;

namespace Thena.Accounts.Api.Webhooks;

/// <summary>Counts deliveries.</summary>
internal sealed class WebhookMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Thena.Accounts.Webhooks";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _attempts;
    private readonly Counter<long> _disabled;
    private readonly Histogram<double> _durations;

    public WebhookMetrics()
    {
        _attempts = _meter.CreateCounter<long>(
            "thena.accounts.webhooks.deliveries", description: "Attempts to deliver events, by outcome.");
        _disabled = _meter.CreateCounter<long>("thena.accounts.webhooks.disabled", description: "Webhooks that the server has disabled.");
        _durations = _meter.CreateHistogram<double>(
            "thena.accounts.webhooks.duration", unit: "s", description: "The duration of attempts to deliver events.");
    }

    /// <summary>Counts an attempt.</summary>
    public void Count(WebhookOutcome outcome)
    {
        _attempts.Add(1, new KeyValuePair<string, object?>("outcome", OutcomeOf(outcome)));
        _durations.Record(outcome.Duration.TotalSeconds);
    }

    /// <summary>Counts a webhook that was disabled.</summary>
    public void CountDisabled() => _disabled.Add(1);

    public void Dispose() => _meter.Dispose();

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
