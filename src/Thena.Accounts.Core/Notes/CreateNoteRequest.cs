using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Notes;

/// <summary>A new note.</summary>
public sealed record CreateNoteRequest : NoteFields
{
    /// <summary>The account; it cannot be changed later.</summary>
    /// <example>01JZ6F9T3N4S8W5V7X2Y1A0BCD</example>
    public Optional<string?> AccountId { get; init; }
}
