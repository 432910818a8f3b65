using Thena.Accounts.Core.Paging;

namespace Thena.Accounts.Core.Notes;

/// <summary>Which notes to show. A filter that names nothing yields an empty list.</summary>
public sealed record ListNotesQuery : PageQuery
{
    /// <summary>One note.</summary>
    public string? NoteId { get; init; }

    /// <summary>The account.</summary>
    public string? AccountId { get; init; }

    /// <summary>The type: id or value of a <c>note_type</c>.</summary>
    public string? Type { get; init; }
}
