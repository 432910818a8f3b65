namespace Thena.Accounts.Core.Ingest;

/// <summary>The applications that users can come from.</summary>
public static class IngestSink
{
    /// <summary>All applications, as written on the wire.</summary>
    public static IReadOnlyList<string> All { get; } = ["MANUAL", "SLACK", "TEAMS", "INTERCOM", "ZENDESK"];
}
