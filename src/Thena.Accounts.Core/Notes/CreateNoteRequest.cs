using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Notes;

/// <summary>A new note.</summary>
public sealed record CreateNoteRequest : NoteFields
{
    /// <summary>The account; it cannot be changed later.</summary>
    public Optional<string?> AccountId { get; init; }
}
