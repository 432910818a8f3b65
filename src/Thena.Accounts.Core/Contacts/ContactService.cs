using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Bulk;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Core.Time;

namespace Thena.Accounts.Core.Contacts;

/// <summary>Manages the organization's contacts (contract: Contacts).</summary>
public sealed class ContactService(
    AccountsDbContext context, RecordReads reads, WriteTransaction write, IdGenerator ids, TimeProvider time)
{
    private static readonly Error NotFound = Error.NotFound("Contact not found!");
    private static readonly Error AccountOfBulkNotFound = Error.NotFound("Account not found");

    /// <summary>Reads a page of the contacts that match, newest first.</summary>
    public Task<Result<Page<ContactResponse>>> ListAsync(ListContactsQuery query, CancellationToken cancellationToken)
    {
        var contacts = reads.From(ContactResponse.Shape).WithValue("contact_type_id", AttributeKind.ContactType, query.ContactType);
        if (query.AccountId is not null)
        {
            contacts.Where(
                $"id in (select contact_id from account_contacts where organization_id = {contacts.Organization} "
                + $"and account_id = {contacts.Parameter(WireFormat.IdOrNone(query.AccountId).ToGuid())})");
        }

        return contacts.ToPageAsync(query, ListOrder<ContactResponse>.Newest, row => row.Id, cancellationToken);
    }

    /// <summary>Gets contacts by ID, in the order of the request, each once. Unknown IDs are left out.</summary>
    public Task<RecordList<ContactResponse>> GetByIdsAsync(FilterContactsByIdsRequest request, CancellationToken cancellationToken) =>
        reads.From(ContactResponse.Shape).ToOrderedListAsync(
            "id",
            [.. WireFormat.ParseIds(request.Ids ?? []).Select(id => id.ToGuid())],
            contact => WireFormat.IdOrNone(contact.Id).ToGuid(),
            cancellationToken);

    /// <summary>Finds the contact with an email address, in any case. Returns one contact or none.</summary>
    public async Task<IReadOnlyList<ContactResponse>> SearchAsync(SearchContactsQuery query, CancellationToken cancellationToken) =>
        await reads.From(ContactResponse.Shape)
            .WhereEqual("email_key", EmailAddress.Key(query.Email ?? ""))
            .ToListAsync(cancellationToken);

    /// <summary>Creates a contact.</summary>
    public Task<Result<ContactResponse>> CreateAsync(CreateContactRequest request, CancellationToken cancellationToken) =>
        write.CreateAsync<Contact, ContactResponse>(
            ContactResponse.Shape,
            async batch =>
            {
                var writer = new ContactWriter(batch, context, request, creates: true);
                await batch.RunAsync(cancellationToken);

                var contact = ContactWriter.Create(request);
                context.Stamp(contact);
                if (writer.Apply(contact, request, isNew: true) is { } refusal)
                {
                    return refusal;
                }

                return contact;
            },
            cancellationToken,
            ContactConfiguration.UniqueEmail);

    /// <summary>
    /// Creates contacts in bulk. Skips contacts whose email address already exists or appears earlier in the request. Skipped contacts are
    /// not linked to accounts.
    /// </summary>
    public Task<Result<BulkCreateResponse>> CreateManyAsync(CreateContactsRequest request, CancellationToken cancellationToken) =>
        write.RunAsync<BulkCreateResponse>(
            async () =>
            {
                var items = request.Contacts ?? [];
                var sharedAccounts = request.AccountIds.Value?.Ids ?? [];
                var batch = new QueryBatch(context);
                var writer = new ContactWriter(
                    batch,
                    context,
                    items.Select(item => item.ContactType.Value).Append(request.ContactType.Value),
                    items.Select(item => item.AccountId.Value).Concat(sharedAccounts),
                    items.SelectMany(item => item.CustomFieldValues.Value ?? []));
                await batch.RunAsync(cancellationToken);
                if (!CreateContacts(request, items, sharedAccounts, writer).TryGetValue(out var contacts, out var refusal))
                {
                    return refusal;
                }

                var insertion = await BulkInsertion<Contact>.RunAsync(
                    context, contacts, new(context, contact => contact.EmailKey), cancellationToken);
                await InsertPartsAsync(insertion.Created, cancellationToken);
                return insertion.ToResponse(contacts);
            },
            cancellationToken);

    /// <summary>Creates contacts, each of which can be refused without the others.</summary>
    internal Task<Result<IReadOnlyList<SetItemResult>>> CreateSetAsync(
        IReadOnlyList<SetItem<CreateContactRequest>> items, CancellationToken cancellationToken) =>
        write.RunAsync<IReadOnlyList<SetItemResult>>(
            async () =>
            {
                var batch = new QueryBatch(context);
                var writer = new ContactWriter(
                    batch,
                    context,
                    items.Select(item => item.Request.ContactType.Value),
                    items.SelectMany(item => item.Request.AccountIds.Value ?? []),
                    items.SelectMany(item => item.Request.CustomFieldValues.Value ?? []));
                await batch.RunAsync(cancellationToken);
                return await SetCreation.RunAsync<Contact, CreateContactRequest>(
                    context,
                    items,
                    new(context, contact => contact.EmailKey),
                    ContactWriter.Create,
                    (contact, request) => writer.Apply(contact, request, isNew: true),
                    created => InsertPartsAsync(created, cancellationToken),
                    cancellationToken);
            },
            cancellationToken);

    /// <summary>Updates a contact.</summary>
    public Task<Result<ContactResponse>> UpdateAsync(Ulid id, UpdateContactRequest request, CancellationToken cancellationToken) =>
        write.RunAsync<Contact, ContactResponse>(
            ContactResponse.Shape,
            async () =>
            {
                var batch = new QueryBatch(context);
                var writer = new ContactWriter(batch, context, request, creates: false);
                var found = batch.Add(context.Contacts.Where(contact => contact.Id == id), RowLock.Change);
                batch.Add(context.ContactCustomFieldValues.Where(value => value.ContactId == id));
                batch.Add(context.AccountContacts.Where(link => link.ContactId == id), RowLock.Change);
                await batch.RunAsync(cancellationToken);
                if (found is not [var contact])
                {
                    return NotFound;
                }

                return writer.Apply(contact, request, isNew: false) is { } refusal ? refusal : contact;
            },
            cancellationToken,
            ContactConfiguration.UniqueEmail);

    /// <summary>Deletes a contact. Its email address can be used again.</summary>
    public Task<Result> DeleteAsync(Ulid id, CancellationToken cancellationToken) => write.RunAsync(
        async () =>
        {
            var now = time.Now();
            if (await write.SoftDeleteAsync(context.Contacts.Where(contact => contact.Id == id), now, cancellationToken) == 0)
            {
                return NotFound;
            }

            await context.AccountContacts.Where(link => link.ContactId == id).ExecuteDeleteAsync(cancellationToken);
            return Result.Done;
        },
        cancellationToken);

    private async Task InsertPartsAsync(IReadOnlyList<Contact> contacts, CancellationToken cancellationToken)
    {
        await context.InsertAllAsync([.. contacts.SelectMany(contact => contact.CustomFieldValues)], cancellationToken);
        await context.InsertAllAsync([.. contacts.SelectMany(contact => contact.Accounts)], cancellationToken);
    }

    /// <returns>The contacts of a bulk request, stamped for a set-based insert, or an error with the problems of all items.</returns>
    private Result<List<Contact>> CreateContacts(
        CreateContactsRequest request, IReadOnlyList<CreateContactItem> items, IReadOnlyList<string> sharedAccounts, ContactWriter writer)
    {
        List<FieldError> problems = [];
        Error? error = writer.FindType(request.ContactType.Value) is null ? ContactWriter.TypeNotFound : null;
        List<Contact> contacts = new(items.Count);
        for (var index = 0; index < items.Count; index++)
        {
            var item = items[index];
            var email = item.Email.Value!.Trim();
            var contact = new Contact
            {
                FirstName = EmailAddress.LocalPartOf(email),
                Email = email,
                Source = StringNormalization.TrimToNull(request.Source.Value),
            };
            contact.Stamp(context.OrganizationId, ids.Next());
            ContactWriter.ApplyFields(contact, item);
            contact.PhoneNumber ??= StringNormalization.TrimToNull(item.Phone.Value);
            error ??= writer.SetType(contact, item.ContactType.Value, request.ContactType.Value);
            var fieldMissing = writer.ApplyCustomFields(contact, item.CustomFieldValues, isNew: true, $"contacts[{index}].", problems);
            error ??= fieldMissing;
            var own = StringNormalization.EmptyToNull(item.AccountId.Value);
            var links = writer.CreateAccountLinks(contact, own is null ? sharedAccounts : sharedAccounts.Append(own));
            error ??= links is null ? AccountOfBulkNotFound : null;
            contact.Accounts.AddRange(links ?? []);
            contacts.Add(contact);
        }

        return Error.FirstOf(problems, error) is { } refusal ? refusal : contacts;
    }
}
