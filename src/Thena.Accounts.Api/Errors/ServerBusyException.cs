namespace Thena.Accounts.Api.Errors;

/// <summary>Thrown when the server has too much to do, for all (503) or for one key (429). A retry may succeed.</summary>
internal sealed class ServerBusyException(int status, string limit, string reason) : Exception(reason)
{
    /// <summary>The status of the response.</summary>
    public int Status => status;

    /// <summary>The limit, one of <see cref="Metrics.RequestLimits"/>.</summary>
    public string Limit => limit;
}
