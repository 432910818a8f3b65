namespace Thena.Accounts.Api.Logging;

/// <summary>What the log lines of requests contain.</summary>
internal sealed class RequestLogOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "RequestLog";

    /// <summary>Whether they contain the address of the client, which can be personal data.</summary>
    public bool ClientAddress { get; set; }
}
