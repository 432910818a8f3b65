using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Contacts;

/// <summary>A person at a customer, identified by email address and linked to any number of accounts (contract: Contacts).</summary>
public sealed class Contact : TenantEntity
{
    /// <summary>The first name.</summary>
    public required string FirstName { get; set; }

    /// <summary>The last name.</summary>
    public string? LastName { get; set; }

    /// <summary>The email address, as it was written.</summary>
    public required string Email { get; set; }

    /// <summary>
    /// The email address in the form of <see cref="EmailAddress.Key"/>. It is unique among the organization's living contacts.
    /// </summary>
    public string EmailKey
    {
        get => EmailAddress.Key(Email);
        private set => _ = value;
    }

    /// <summary>The domain of the email address, normalized like the domains of accounts, by which the two are matched.</summary>
    public string EmailDomain
    {
        get => EmailAddress.DomainOf(Email);
        private set => _ = value;
    }

    /// <summary>The phone number with country code, as it was written.</summary>
    public string? PhoneNumber { get; set; }

    /// <summary>The URL of the avatar.</summary>
    public string? AvatarUrl { get; set; }

    /// <summary>The ID of the contact type.</summary>
    public Ulid ContactTypeId { get; set; }

    /// <summary>The contact type.</summary>
    public AttributeValue? ContactType { get; private set; }

    /// <summary>The origin of the contact: the <c>source</c> of a bulk request or the sink of an ingest. No response contains it.</summary>
    public string? Source { get; init; }

    /// <summary>The client's own data, a JSON object.</summary>
    public RawJson Metadata { get; set; } = RawJson.EmptyObject;

    /// <summary>The links to the accounts that the contact belongs to.</summary>
    public List<AccountContact> Accounts { get; } = [];

    /// <summary>The values of custom fields, in the order given.</summary>
    public List<ContactCustomFieldValue> CustomFieldValues { get; } = [];

    /// <summary>Links the contact to accounts. Existing links stay.</summary>
    public void Link(params IEnumerable<Account> accounts)
    {
        foreach (var account in accounts.Where(account => !Accounts.Exists(link => link.AccountId == account.Id)))
        {
            Accounts.Add(new AccountContact { AccountId = account.Id, AccountName = account.Name, ContactId = Id });
        }
    }
}

internal sealed class ContactConfiguration : IEntityTypeConfiguration<Contact>
{
    /// <summary>The email address is unique among the living contacts of an organization.</summary>
    public static readonly UniqueIndex<Contact> UniqueEmail = new("ux_contacts_email_key", "A contact with this email already exists!");

    public void Configure(EntityTypeBuilder<Contact> builder)
    {
        builder.ToTable("contacts");
        builder.HasRecordKey();
        builder.HasOne<Organization>().WithMany().HasForeignKey(contact => contact.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasReference(contact => contact.ContactType, contact => new { contact.OrganizationId, contact.ContactTypeId });
        builder.HasIndex(contact => new { contact.OrganizationId, contact.EmailKey })
            .IsUnique().HasFilter(TenantEntityMapping.Living).HasDatabaseName(UniqueEmail.Name);
        builder.HasIndex(contact => new { contact.OrganizationId, contact.EmailDomain }).HasFilter(TenantEntityMapping.Living);
    }
}

/// <summary>The link between a contact and an account that it belongs to. It is deleted with either of the two.</summary>
public sealed class AccountContact : ITenantScoped
{
    /// <inheritdoc/>
    public Ulid OrganizationId { get; private set; }

    /// <summary>The ID of the account.</summary>
    public required Ulid AccountId { get; init; }

    /// <summary>The account.</summary>
    public Account? Account { get; private set; }

    /// <summary>The name of the account.</summary>
    [Shown(nameof(Account), nameof(Accounts.Account.Name))]
    public string AccountName { get; set; } = "";

    /// <summary>The ID of the contact.</summary>
    public Ulid ContactId { get; init; }
}

internal sealed class AccountContactConfiguration : IEntityTypeConfiguration<AccountContact>
{
    public void Configure(EntityTypeBuilder<AccountContact> builder)
    {
        builder.ToTable("account_contacts");
        builder.HasKey(link => new { link.OrganizationId, link.AccountId, link.ContactId });
        builder.HasIndex(link => new { link.OrganizationId, link.ContactId });
        builder.HasOne(link => link.Account).WithMany()
            .HasForeignKey(link => new { link.OrganizationId, link.AccountId }).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Contact>().WithMany(contact => contact.Accounts)
            .HasForeignKey(link => new { link.OrganizationId, link.ContactId }).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>The value of a custom field for a contact.</summary>
public sealed class ContactCustomFieldValue : CustomFieldValue
{
    /// <summary>The ID of the contact.</summary>
    public Ulid ContactId { get; init; }
}

internal sealed class ContactCustomFieldValueConfiguration : IEntityTypeConfiguration<ContactCustomFieldValue>
{
    public void Configure(EntityTypeBuilder<ContactCustomFieldValue> builder)
    {
        builder.ToTable("contact_custom_field_values");
        builder.HasKey(value => new { value.OrganizationId, value.ContactId, value.CustomFieldId });
        builder.HasOne<Contact>().WithMany(contact => contact.CustomFieldValues)
            .HasForeignKey(value => new { value.OrganizationId, value.ContactId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(value => value.CustomField).WithMany()
            .HasForeignKey(value => new { value.OrganizationId, value.CustomFieldId }).OnDelete(DeleteBehavior.Restrict);
    }
}
