using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Notes;

/// <summary>What can be said of a note when it is created and when it is changed (contract: Note).</summary>
public abstract record NoteFields
{
    /// <summary>The text.</summary>
    /// <example>Wants an offer for 50 more seats by Friday.</example>
    public Optional<string?> Content { get; init; }

    /// <summary>What sort of note it is: id or value of a <c>note_type</c>.</summary>
    /// <example>GENERAL</example>
    public Optional<string?> Type { get; init; }

    /// <summary>Who sees it, in any case: a <c>private</c> note exists for keys of its author alone.</summary>
    /// <example>public</example>
    public Optional<string?> Visibility { get; init; }

    /// <summary>URLs to attach; what is attached already stays.</summary>
    /// <example>["https://files.acme.com/offers/seats.pdf"]</example>
    public Optional<IReadOnlyList<string>?> AttachmentUrls { get; init; }

    /// <summary>The client's own data; it replaces what was there.</summary>
    public Optional<RawJson?> Metadata { get; init; }
}
