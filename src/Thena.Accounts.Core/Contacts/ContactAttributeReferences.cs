using System.Linq.Expressions;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Contacts;

/// <summary>The attribute values that contacts refer to.</summary>
internal sealed class ContactAttributeReferences(AccountsDbContext context) : AttributeReferences<Contact>(context)
{
    protected override Expression<Func<Contact, Ulid?>>? Column(AttributeKind kind) =>
        kind == AttributeKind.ContactType ? contact => contact.ContactTypeId : null;
}
