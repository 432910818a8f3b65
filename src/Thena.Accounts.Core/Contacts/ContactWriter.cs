using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Core.Contacts;

/// <summary>Puts requests on contacts: type, accounts and custom fields. Reads everything they refer to in one round trip.</summary>
internal sealed class ContactWriter
{
    /// <summary>The 404 of a contact type that does not exist.</summary>
    public static readonly Error TypeNotFound = Error.NotFound("Contact type not found!");

    private readonly AttributeLookup _types;
    private readonly CustomFieldLookup _customFields;
    private readonly Lazy<Dictionary<Ulid, string>> _nameOfAccount;

    /// <summary>Adds the queries to a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="context">The database.</param>
    /// <param name="types">Contact types that are named.</param>
    /// <param name="accountIds">Accounts that are named.</param>
    /// <param name="values">Values of custom fields that are given.</param>
    public ContactWriter(
        QueryBatch batch,
        AccountsDbContext context,
        IEnumerable<string?> types,
        IEnumerable<string?> accountIds,
        IEnumerable<CustomFieldValueInput> values)
    {
        var ids = WireFormat.ParseIds(accountIds);
        _types = new AttributeLookup(batch, context, [AttributeKind.ContactType], types);
        _customFields = new CustomFieldLookup(batch, context, CustomFieldSource.CustomerContact, values);
        var accounts = ids.Count == 0
            ? []
            : batch.Add(
                context.Accounts.Where(account => ids.Contains(account.Id)).OrderBy(account => account.Id),
                account => new NamedAccount(account.Id, account.Name),
                RowLock.Share);
        _nameOfAccount = new(() => accounts.ToDictionary(account => account.Id, account => account.Name));
    }

    /// <summary>Adds the queries of a request for one contact to a batch.</summary>
    public ContactWriter(QueryBatch batch, AccountsDbContext context, LinkedContactFields request)
        : this(
            batch,
            context,
            [request.ContactType.Value],
            request.AccountIds.Value ?? [],
            request.CustomFieldValues.Value ?? [])
    {
    }

    /// <summary>Takes over what every request may say of a contact but its type.</summary>
    public static void ApplyFields(Contact contact, ContactFields request)
    {
        contact.FirstName = request.FirstName.IsSet
            ? StringNormalization.TrimToNull(request.FirstName.Value) ?? contact.FirstName
            : contact.FirstName;
        contact.LastName = request.LastName.IsSet ? StringNormalization.TrimToNull(request.LastName.Value) : contact.LastName;
        contact.Email = request.Email.IsSet ? request.Email.Value!.Trim() : contact.Email;
        contact.PhoneNumber = request.PhoneNumber.IsSet ? StringNormalization.TrimToNull(request.PhoneNumber.Value) : contact.PhoneNumber;
        contact.AvatarUrl = request.AvatarUrl.IsSet ? StringNormalization.TrimToNull(request.AvatarUrl.Value) : contact.AvatarUrl;
        contact.Metadata = contact.Metadata.After(request.Metadata);
    }

    /// <summary>The contact type that is named, or the default.</summary>
    /// <param name="names">Names in order of precedence.</param>
    /// <returns><see langword="null"/> when one is named that does not exist.</returns>
    public AttributeValue? FindType(params ReadOnlySpan<string?> names)
    {
        foreach (var name in names)
        {
            if (StringNormalization.TrimToNull(name) is { } named)
            {
                return _types.Find(AttributeKind.ContactType, named);
            }
        }

        return _types.Default(AttributeKind.ContactType);
    }

    /// <summary>The links of a contact to the accounts named.</summary>
    /// <returns><see langword="null"/> when one does not exist.</returns>
    public IReadOnlyList<AccountContact>? FindAccounts(Contact contact, IEnumerable<string?> accountIds)
    {
        HashSet<Ulid> found = [];
        foreach (var accountId in accountIds)
        {
            if (!WireFormat.TryParseId(accountId, out var id) || !_nameOfAccount.Value.ContainsKey(id))
            {
                return null;
            }

            found.Add(id);
        }

        return [.. found.Select(id => new AccountContact { AccountId = id, ContactId = contact.Id })];
    }

    /// <summary>Takes over the values of custom fields.</summary>
    /// <param name="contact">The contact, its values loaded.</param>
    /// <param name="values">The values given.</param>
    /// <param name="isNew">Whether mandatory fields have to be there.</param>
    /// <param name="path">The path of the contact in the request.</param>
    /// <param name="problems">Gets what is wrong.</param>
    /// <returns>The 404 of a field that does not exist.</returns>
    public Error? ApplyCustomFields(
        Contact contact, Optional<IReadOnlyList<CustomFieldValueInput>?> values, bool isNew, string path, List<FieldError> problems) =>
        _customFields.Apply(contact.CustomFieldValues, values, isNew, path, problems, value => new ContactCustomFieldValue
        {
            ContactId = contact.Id,
            CustomFieldId = value.Field.Id,
            Position = value.Position,
            Data = value.Data,
            Metadata = value.Metadata,
        });

    /// <summary>Puts a request on a contact.</summary>
    /// <param name="contact">The contact, its parts loaded.</param>
    /// <param name="request">The request. Its form has been validated.</param>
    /// <param name="isNew">Whether the contact is being created, so that absent fields get their defaults.</param>
    /// <returns>What refuses the request.</returns>
    public Error? Apply(Contact contact, LinkedContactFields request, bool isNew)
    {
        ApplyFields(contact, request);
        List<FieldError> problems = [];
        var fieldMissing = ApplyCustomFields(contact, request.CustomFieldValues, isNew, "", problems);
        if (problems.Count > 0)
        {
            return Error.Invalid(problems);
        }

        if ((isNew || request.ContactType.IsSet) && SetType(contact, request.ContactType.Value) is { } typeMissing)
        {
            return typeMissing;
        }

        if (request.AccountIds.IsSet)
        {
            if (FindAccounts(contact, request.AccountIds.Value ?? []) is not { } links)
            {
                return AccountService.NotFound;
            }

            contact.Accounts.RemoveAll(link => !links.Any(other => other.AccountId == link.AccountId));
            contact.Accounts.AddRange(links.Where(link => !contact.Accounts.Exists(other => other.AccountId == link.AccountId)));
        }

        return fieldMissing;
    }

    /// <summary>Sets the type of a contact: the first that is named, else the default.</summary>
    /// <returns>The 404 of a type that does not exist.</returns>
    public Error? SetType(Contact contact, params ReadOnlySpan<string?> names)
    {
        var type = FindType(names);
        contact.ContactTypeId = type?.Id ?? default;
        return type is null ? TypeNotFound : null;
    }

    /// <summary>The response for a contact that was created with this writer.</summary>
    public ContactResponse ToResponse(Contact contact) => ContactResponse.Of(contact) with
    {
        Accounts =
        [
            .. contact.Accounts.OrderBy(link => link.AccountId).Select(link => new ContactAccountResponse
            {
                Id = WireFormat.Id(link.AccountId),
                Name = _nameOfAccount.Value[link.AccountId],
            }),
        ],
    };

    private sealed record NamedAccount(Ulid Id, string Name);
}
