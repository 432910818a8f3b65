using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Deletion;
using Thena.Accounts.Core.Kinds;

namespace Thena.Accounts.Core.Contacts;

/// <summary>Contacts, for what handles all kinds of records.</summary>
public sealed class ContactKind : RecordKind<Contact, ContactResponse>
{
    /// <summary>The name of the kind.</summary>
    public const string Plural = "contacts";

    /// <summary>Creates the descriptor.</summary>
    public ContactKind()
        : base(Plural, "v1/accounts/contacts", ContactJson.Default, ContactResponse.From)
    {
        EventName = "customer-contact";
        PayloadName = "contact";
        NotFound = ContactService.NotFound;
        Requests = new RecordRequests<ContactService, CreateContactRequest, UpdateContactRequest, ContactResponse>(
            (contacts, request, cancellationToken) => contacts.CreateAsync(request, cancellationToken),
            (contacts, id, request, cancellationToken) => contacts.UpdateAsync(id, request, cancellationToken))
        {
            CreateSet = (contacts, items, cancellationToken) => contacts.CreateSetAsync(items, cancellationToken),
        };
        Key = new RecordKey("email") { Changeable = "email", MakeUnused = text => $"{text}@moving.invalid" };
        FieldSource = CustomFieldSource.CustomerContact;
        Examples = new RecordExamples { Change = """{"phoneNumber": "+1 (555) 123-4567", "contactType": "BILLING"}""" };
    }

    /// <inheritdoc/>
    public override void Register(IServiceCollection services)
    {
        services.AddScoped<ContactService>();
        services.AddScoped<ContactErasure>();
        services.AddSingleton<IContactLinker, ContactLinker>();
        services.AddUse<Contact>(AttributeKind.ContactType, nameof(Contact.ContactTypeId));
        services.AddSingleton<IDependents<Account>, AccountContactDependents>();
    }

    /// <inheritdoc/>
    public override void Describe(IRecordMembers members)
    {
        members.PickListValues("contactType");
        members.ShownRecords("accounts", "accountIds", AccountKind.Plural);
        members.CustomFieldValues();
    }
}
