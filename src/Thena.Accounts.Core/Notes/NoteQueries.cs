using System.Linq.Expressions;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Persistence;

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

/// <summary>The pick list values that notes use. Private notes count, whoever their author is.</summary>
internal sealed class NoteAttributeUsage(AccountsDbContext context) : AttributeUsage<Note>(context)
{
    protected override Expression<Func<Note, Ulid?>>? Column(AttributeKind kind) =>
        kind == AttributeKind.NoteType ? note => note.TypeId : null;
}

/// <summary>Deletes the notes of a deleted account.</summary>
internal sealed class AccountNoteDependents(AccountsDbContext context) : IDependents<Account>
{
    public Task RemoveAsync(Ulid recordId, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.Notes.Where(note => note.AccountId == recordId).SoftDeleteAsync(now, cancellationToken);
}
