using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Bulk;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Core.Time;

namespace Thena.Accounts.Core.Contacts;

/// <summary>The organization's contacts (contract: Contacts).</summary>
public sealed class ContactService(AccountsDbContext context, IdGenerator ids, TimeProvider time)
{
    private static readonly Error NotFound = Error.NotFound("Contact not found!");
    private static readonly Error AccountOfBulkNotFound = Error.NotFound("Account not found");

    /// <summary>A page of the contacts that match, newest first.</summary>
    public Task<Result<Page<ContactResponse>>> ListAsync(ListContactsQuery query, CancellationToken cancellationToken)
    {
        var contacts = context.Contacts.WithValue(context, AttributeKind.ContactType, query.ContactType, contact => contact.ContactTypeId);
        if (query.AccountId is not null)
        {
            var accountId = WireFormat.IdOrNone(query.AccountId);
            contacts = contacts.Where(contact => contact.Accounts.Any(link => link.AccountId == accountId));
        }

        return contacts.ToPageAsync(query, ListOrder<Contact, ContactResponse>.Newest, ContactResponse.Projection, row => row.Id, cancellationToken);
    }

    /// <summary>The living contacts among those asked for, in the order asked, each once.</summary>
    public async Task<IReadOnlyList<ContactResponse>> GetByIdsAsync(FilterContactsByIdsRequest request, CancellationToken cancellationToken)
    {
        var asked = WireFormat.ParseIds(request.Ids ?? []);
        var found = await context.Contacts.Where(contact => asked.Contains(contact.Id)).Select(ContactResponse.Projection)
            .ToDictionaryAsync(contact => contact.Id, cancellationToken);
        return [.. asked.Select(id => found.GetValueOrDefault(id.ToString())).OfType<ContactResponse>()];
    }

    /// <summary>The contact with an e-mail address, in any case: one or none.</summary>
    public async Task<IReadOnlyList<ContactResponse>> SearchAsync(SearchContactsQuery query, CancellationToken cancellationToken)
    {
        var key = StringNormalization.Key(query.Email ?? "");
        return await context.Contacts.Where(contact => contact.EmailKey == key).Select(ContactResponse.Projection).ToListAsync(cancellationToken);
    }

    /// <summary>Creates a contact.</summary>
    public async Task<Result<ContactResponse>> CreateAsync(CreateContactRequest request, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var batch = new QueryBatch(context);
        var references = ReferencesOf(batch, request);
        await batch.RunAsync(cancellationToken);

        var contact = new Contact { FirstName = "", Email = "" };
        context.Add(contact);
        return Apply(contact, request, references, isNew: true) is { } error ? error
            : await SaveAsync(contact, cancellationToken) is { } conflict ? conflict
            : await CommitAsync(ContactResponse.Of(contact));

        async Task<Result<ContactResponse>> CommitAsync(ContactResponse response)
        {
            await transaction.CommitAsync(cancellationToken);
            return response;
        }
    }

    /// <summary>Creates many contacts at once; those whose address exists or stands earlier in the request are left out, and not linked.</summary>
    public async Task<Result<BulkCreateResponse>> CreateManyAsync(CreateContactsRequest request, CancellationToken cancellationToken)
    {
        var items = request.Contacts ?? [];
        var sharedAccounts = request.AccountIds.Value?.Ids ?? [];
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var batch = new QueryBatch(context);
        var references = new ContactWriter(
            batch,
            context,
            items.Select(item => item.ContactType.Value).Append(request.ContactType.Value),
            items.Select(item => item.AccountId.Value).Concat(sharedAccounts),
            items.SelectMany(item => item.CustomFieldValues.Value ?? []));
        await batch.RunAsync(cancellationToken);

        List<FieldError> problems = [];
        Error? error = references.FindType(request.ContactType.Value) is null ? ContactWriter.TypeNotFound : null;
        var contacts = new List<Contact>(items.Count);
        for (var index = 0; index < items.Count; index++)
        {
            var item = items[index];
            var contact = NewContact(item, request.Source.Value);
            contact.PhoneNumber ??= StringNormalization.TrimToNull(item.Phone.Value);
            error ??= SetType(contact, references.FindType(item.ContactType.Value, request.ContactType.Value));
            var fieldMissing = references.ApplyCustomFields(contact, item.CustomFieldValues, isNew: true, $"contacts[{index}].", problems);
            error ??= fieldMissing;
            var links = references.FindAccounts(contact, StringNormalization.EmptyToNull(item.AccountId.Value) is { } own ? sharedAccounts.Append(own) : sharedAccounts);
            error ??= links is null ? AccountOfBulkNotFound : null;
            contact.Accounts.AddRange(links ?? []);
            contacts.Add(contact);
        }

        if (Error.FirstOf(problems, error) is { } refusal)
        {
            return refusal;
        }

        var insertion = await BulkInsertion<Contact>.RunAsync(context, contacts, new(context, contact => contact.EmailKey), cancellationToken);
        await context.InsertAllAsync([.. insertion.Created.SelectMany(contact => contact.CustomFieldValues)], cancellationToken);
        await context.InsertAllAsync([.. insertion.Created.SelectMany(contact => contact.Accounts)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return insertion.ToResponse(contacts);
    }

    /// <summary>Changes a contact.</summary>
    public async Task<Result<ContactResponse>> UpdateAsync(string id, UpdateContactRequest request, CancellationToken cancellationToken)
    {
        if (!WireFormat.TryParseId(id, out var contactId))
        {
            return NotFound;
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var batch = new QueryBatch(context);
        var references = ReferencesOf(batch, request);
        var found = batch.Add(context.Contacts.Where(contact => contact.Id == contactId), RowLock.ForUpdate);
        batch.Add(context.ContactCustomFieldValues.Where(value => value.ContactId == contactId));
        batch.Add(context.AccountContacts.Where(link => link.ContactId == contactId), RowLock.ForUpdate);
        await batch.RunAsync(cancellationToken);
        if (found is not [var contact])
        {
            return NotFound;
        }

        if (Apply(contact, request, references, isNew: false) is { } error)
        {
            return error;
        }

        if (await SaveAsync(contact, cancellationToken) is { } conflict)
        {
            return conflict;
        }

        return await context.CommitAsync(contact, ContactResponse.Projection, cancellationToken);
    }

    /// <summary>Deletes a contact; its address is free again.</summary>
    public async Task<Result> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.Now();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!WireFormat.TryParseId(id, out var contactId)
            || await context.Contacts.Where(contact => contact.Id == contactId).SoftDeleteAsync(now, cancellationToken) == 0)
        {
            return NotFound;
        }

        await context.AccountContacts.Where(link => link.ContactId == contactId).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Result.Done;
    }

    private ContactWriter ReferencesOf(QueryBatch batch, LinkedContactFields request) =>
        new(batch, context, [request.ContactType.Value], request.AccountIds.Value ?? [], request.CustomFieldValues.Value ?? []);

    private static Error? Apply(Contact contact, LinkedContactFields request, ContactWriter references, bool isNew)
    {
        ContactWriter.ApplyFields(contact, request);
        List<FieldError> problems = [];
        var fieldMissing = references.ApplyCustomFields(contact, request.CustomFieldValues, isNew, "", problems);
        if (problems.Count > 0)
        {
            return Error.Invalid(problems);
        }

        if ((isNew || request.ContactType.IsSet) && SetType(contact, references.FindType(request.ContactType.Value)) is { } typeMissing)
        {
            return typeMissing;
        }

        if (request.AccountIds.IsSet)
        {
            if (references.FindAccounts(contact, request.AccountIds.Value ?? []) is not { } links)
            {
                return AccountService.NotFound;
            }

            contact.Accounts.RemoveAll(link => !links.Any(other => other.AccountId == link.AccountId));
            contact.Accounts.AddRange(links.Where(link => !contact.Accounts.Exists(other => other.AccountId == link.AccountId)));
        }

        return fieldMissing;
    }

    private static Error? SetType(Contact contact, AttributeValue? type)
    {
        contact.ContactTypeId = type?.Id ?? default;
        return type is null ? ContactWriter.TypeNotFound : null;
    }

    private Contact NewContact(ContactFields fields, string? source)
    {
        var contact = new Contact { FirstName = EmailAddress.LocalPartOf(fields.Email.Value!), Email = "", Source = StringNormalization.TrimToNull(source) };
        contact.Stamp(context.OrganizationId, ids.Next());
        ContactWriter.ApplyFields(contact, fields);
        return contact;
    }

    private async Task<Error?> SaveAsync(Contact contact, CancellationToken cancellationToken)
    {
        try
        {
            await context.SaveRecordAsync(contact, cancellationToken);
            return null;
        }
        catch (DbUpdateException exception) when (exception.IsDuplicate(out var index) && index == ContactConfiguration.UniqueEmail)
        {
            await context.Database.CurrentTransaction!.RollbackAsync(cancellationToken);
            return Error.Conflict("A contact with this email already exists!") with
            {
                ExistingId = WireFormat.IdOrNull(await context.Contacts.Where(twin => twin.EmailKey == contact.EmailKey).Select(twin => (Ulid?)twin.Id).FirstOrDefaultAsync(cancellationToken)),
            };
        }
    }
}
