namespace Thena.Accounts.Core.Notes;

/// <summary>Who sees a note.</summary>
public static class NoteVisibility
{
    /// <summary>Everybody of the organization.</summary>
    public const string Public = "public";

    /// <summary>Keys of its author alone.</summary>
    public const string Private = "private";

    /// <summary>The author's team; as there are no teams, everybody of the organization.</summary>
    public const string Team = "team";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Public, Private, Team];
}
