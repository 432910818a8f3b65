using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Contacts;

/// <summary>The attribute values that contacts refer to.</summary>
internal sealed class ContactAttributeReferences(AccountsDbContext context) : IAttributeReferences
{
    public async Task<long> CountAsync(AttributeKind kind, Ulid valueId, CancellationToken cancellationToken) =>
        kind == AttributeKind.ContactType ? await context.Contacts.LongCountAsync(contact => contact.ContactTypeId == valueId, cancellationToken) : 0;

    public async Task ReplaceAsync(AttributeKind kind, Ulid valueId, Ulid? replacementId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (kind == AttributeKind.ContactType && replacementId is { } replacement)
        {
            await context.Contacts.Where(contact => contact.ContactTypeId == valueId).ExecuteUpdateAsync(
                set => set.SetProperty(contact => contact.ContactTypeId, replacement).SetProperty(contact => contact.UpdatedAt, now), cancellationToken);
        }
    }
}
