using System.Linq.Expressions;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Persistence;

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

/// <summary>The form of <see cref="ListNotesQuery"/>.</summary>
public sealed class ListNotesQueryValidator : PageQueryValidator<ListNotesQuery>;

/// <summary>The attribute values that notes refer to. Private notes of others count too: their type cannot vanish either.</summary>
internal sealed class NoteAttributeUsage(AccountsDbContext context) : AttributeUsage<Note>(context)
{
    protected override Expression<Func<Note, Ulid?>>? Column(AttributeKind kind) => kind == AttributeKind.NoteType ? note => note.TypeId : null;
}
