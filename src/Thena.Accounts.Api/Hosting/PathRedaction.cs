using Serilog.Core;
using Serilog.Events;

namespace Thena.Accounts.Api.Hosting;

/// <summary>
/// Keeps paths out of the log: whatever a client puts in one, an e-mail address say, would be in every line of its request. The route is
/// there instead.
/// </summary>
internal sealed class PathRedaction : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) => logEvent.RemovePropertyIfPresent("RequestPath");
}
