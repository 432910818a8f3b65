namespace Thena.Accounts.Core.Contacts;

/// <summary>The applications that hand over people.</summary>
public static class IngestSink
{
    /// <summary>All of them, as they are written on the wire.</summary>
    public static IReadOnlyList<string> All { get; } = ["MANUAL", "SLACK", "TEAMS", "INTERCOM", "ZENDESK"];
}
