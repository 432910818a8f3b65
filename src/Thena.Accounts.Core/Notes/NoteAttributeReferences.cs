using System.Linq.Expressions;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Notes;

/// <summary>The attribute values that notes refer to. Private notes of others count too: their type cannot vanish either.</summary>
internal sealed class NoteAttributeReferences(AccountsDbContext context) : AttributeReferences<Note>(context)
{
    protected override Expression<Func<Note, Ulid?>>? Column(AttributeKind kind) => kind == AttributeKind.NoteType ? note => note.TypeId : null;
}
