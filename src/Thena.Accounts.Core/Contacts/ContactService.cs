using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Bulk;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Contacts;

/// <summary>Manages the organization's contacts (contract: Contacts).</summary>
public sealed class ContactService(Records records, Writes writes)
{
    internal static readonly Error NotFound = Error.NotFound("Contact not found!");
    private static readonly Error AccountOfBulkNotFound = Error.NotFound("Account not found");

    /// <summary>Reads a page of the contacts that match, newest first.</summary>
    public Task<Result<Page<ContactResponse>>> ListAsync(ListContactsQuery query, CancellationToken cancellationToken)
    {
        var contacts = records.Of<Contact>()
            .WithValue(nameof(Contact.ContactTypeId), AttributeKind.ContactType, query.ContactType);
        if (query.AccountId is not null)
        {
            var accountId = WireFormat.IdOrNone(query.AccountId);
            contacts.Where(
                $"r.id in (select contact_id from account_contacts where organization_id = $1 and account_id = {accountId})");
        }

        return records.ToPageAsync(contacts, query, ListOrder.Newest<Contact>(), ContactResponse.From, cancellationToken);
    }

    /// <summary>Gets a contact.</summary>
    public Task<Result<ContactResponse>> GetAsync(Ulid id, CancellationToken cancellationToken) =>
        records.GetAsync(records.Of<Contact>(), id, NotFound, ContactResponse.From, cancellationToken);

    /// <summary>Gets contacts by ID, in the order of the request, each once. Unknown IDs are left out.</summary>
    public Task<RecordList<ContactResponse>> GetByIdsAsync(FilterContactsByIdsRequest request, CancellationToken cancellationToken) =>
        records.ToOrderedListAsync(
            records.Of<Contact>(),
            nameof(Contact.Id),
            WireFormat.ParseIds(request.Ids ?? []),
            contact => contact.Id,
            ContactResponse.From,
            cancellationToken);

    /// <summary>Finds the contact with an email address, in any case. Returns one contact or none.</summary>
    public async Task<IReadOnlyList<ContactResponse>> SearchAsync(SearchContactsQuery query, CancellationToken cancellationToken) =>
        await records.ToListAsync(
            records.Of<Contact>().Where(nameof(Contact.EmailKey), EmailAddress.Key(query.Email ?? "")),
            ContactResponse.From,
            order: null,
            cancellationToken);

    /// <summary>Creates a contact.</summary>
    public Task<Result<ContactResponse>> CreateAsync(CreateContactRequest request, CancellationToken cancellationToken) =>
        writes.RunAsync<ContactResponse>(
            async unit =>
            {
                var writer = new ContactWriter(unit, request.AccountIds.Value ?? []);
                await unit.SendAsync();
                var contact = unit.Stamp.New(ContactWriter.Create(request));
                if (writer.Apply(contact, request, isNew: true) is { } refusal)
                {
                    return refusal;
                }

                unit.Insert(contact);
                return ContactResponse.From(contact, unit.References);
            },
            cancellationToken,
            ContactConfiguration.UniqueEmail);

    /// <summary>
    /// Creates contacts in bulk. Skips contacts whose email address already exists or appears earlier in the request. Skipped contacts are
    /// not linked to accounts.
    /// </summary>
    public Task<Result<BulkCreateResponse>> CreateManyAsync(CreateContactsRequest request, CancellationToken cancellationToken) =>
        writes.RunAsync<BulkCreateResponse>(
            async unit =>
            {
                var sharedAccounts = request.AccountIds.Value?.Ids ?? [];
                var writer = new ContactWriter(
                    unit, (request.Contacts ?? []).Select(item => item.AccountId.Value).Concat(sharedAccounts));
                await unit.SendAsync();
                if (!CreateContacts(request, sharedAccounts, writer, unit.Stamp).TryGetValue(out var contacts, out var refusal))
                {
                    return refusal;
                }

                var inserted = await unit.InsertOrLockAsync(
                    [.. contacts.DistinctBy(contact => contact.EmailKey)],
                    nameof(Contact.EmailKey),
                    contact => contact.EmailKey,
                    RowLock.None);
                unit.InsertParts(inserted.Created);
                return BulkCreateResponse.Of(contacts, inserted);
            },
            cancellationToken);

    /// <summary>Creates contacts, each of which can be refused without the others.</summary>
    internal Task<Result<IReadOnlyList<SetItemResult>>> CreateSetAsync(
        IReadOnlyList<SetItem<CreateContactRequest>> items, CancellationToken cancellationToken) =>
        writes.RunAsync<IReadOnlyList<SetItemResult>>(
            async unit =>
            {
                var writer = new ContactWriter(unit, items.SelectMany(item => item.Request.AccountIds.Value ?? []));
                await unit.SendAsync();
                return await SetCreation.RunAsync(
                    unit,
                    items,
                    nameof(Contact.EmailKey),
                    contact => contact.EmailKey,
                    ContactWriter.Create,
                    (contact, request) => writer.Apply(contact, request, isNew: true),
                    created =>
                    {
                        unit.InsertParts(created);
                        return Task.CompletedTask;
                    });
            },
            cancellationToken);

    /// <summary>Updates a contact.</summary>
    public Task<Result<ContactResponse>> UpdateAsync(Ulid id, UpdateContactRequest request, CancellationToken cancellationToken) =>
        writes.UpdateAsync(
            unit => unit.Of<Contact>(),
            id,
            NotFound,
            unit =>
            {
                var writer = new ContactWriter(unit, request.AccountIds.Value ?? []);
                return contact => writer.Apply(contact, request, isNew: false);
            },
            ContactResponse.From,
            cancellationToken,
            ContactConfiguration.UniqueEmail);

    /// <summary>Deletes a contact. Its email address can be used again.</summary>
    public Task<Result> DeleteAsync(Ulid id, CancellationToken cancellationToken) => writes.DeleteAsync(
        unit => unit.Of<Contact>(),
        id,
        NotFound,
        cancellationToken,
        unit =>
        {
            unit.Execute($"delete from account_contacts where organization_id = {unit.OrganizationId} and contact_id = {id}");
            return [];
        });

    /// <returns>The contacts of a bulk request, stamped for a set-based insert, or an error with the problems of all items.</returns>
    private static Result<List<Contact>> CreateContacts(
        CreateContactsRequest request, IReadOnlyList<string> sharedAccounts, ContactWriter writer, Stamp stamp)
    {
        var items = request.Contacts ?? [];
        List<FieldError> problems = [];
        Error? error = writer.FindType(request.ContactType.Value) is null ? ContactWriter.TypeNotFound : null;
        List<Contact> contacts = new(items.Count);
        for (var index = 0; index < items.Count; index++)
        {
            var item = items[index];
            var email = item.Email.Value!.Trim();
            var contact = stamp.New(new Contact
            {
                FirstName = EmailAddress.LocalPartOf(email),
                Email = email,
                Source = StringNormalization.TrimToNull(request.Source.Value),
            });
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
