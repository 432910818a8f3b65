using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Deletion;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Notes;

/// <summary>Filters for a list of notes. A filter with an unknown ID or value yields an empty list.</summary>
public sealed record ListNotesQuery : PageQuery
{
    /// <summary>The ID of a single note.</summary>
    public string? NoteId { get; init; }

    /// <summary>The account's ID.</summary>
    public string? AccountId { get; init; }

    /// <summary>The ID or value of a <c>note_type</c>.</summary>
    public string? Type { get; init; }
}

internal sealed class ListNotesQueryValidator : PageQueryValidator<ListNotesQuery>;

/// <summary>Deletes the notes of a deleted account.</summary>
internal sealed class AccountNoteDependents : IDependents<Account>
{
    public string Kind => NoteKind.Plural;

    public LockedSet Lock(Ulid id, Unit unit) => unit.DeleteAll(unit.Of<Note>().Where(nameof(Note.AccountId), id));
}
