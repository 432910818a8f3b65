namespace Thena.Accounts.Core.Notes;

/// <summary>The visibilities of a note.</summary>
public static class NoteVisibility
{
    /// <summary>Everybody in the organization sees the note.</summary>
    public const string Public = "public";

    /// <summary>Only the author's API keys see the note.</summary>
    public const string Private = "private";

    /// <summary>The author's team sees the note. As the service has no teams, everybody in the organization does.</summary>
    public const string Team = "team";

    /// <summary>All visibilities.</summary>
    public static IReadOnlyList<string> All { get; } = [Public, Private, Team];
}
