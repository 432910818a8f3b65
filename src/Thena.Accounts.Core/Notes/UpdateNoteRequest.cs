namespace Thena.Accounts.Core.Notes;

/// <summary>Changes to a note: absent members stay as they are, <c>null</c> clears. Its account and its author stay.</summary>
public sealed record UpdateNoteRequest : NoteFields;
