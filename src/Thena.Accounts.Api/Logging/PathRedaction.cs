using Serilog.Core;
using Serilog.Events;

namespace Thena.Accounts.Api.Logging;

/// <summary>
/// Keeps request paths out of the log, because a client may put personal data in them, such as an email address.
/// The log has the route instead.
/// </summary>
internal sealed class PathRedaction : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) => logEvent.RemovePropertyIfPresent("RequestPath");
}
