using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Common;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Contacts;

/// <summary>A person of a customer, found by e-mail address and linked to any number of accounts (contract: Contacts).</summary>
public sealed class Contact : Record
{
    /// <summary>The person's first name.</summary>
    public required string FirstName { get; set; }

    /// <summary>The person's last name.</summary>
    public string? LastName { get; set; }

    /// <summary>The e-mail address, as it was written.</summary>
    public required string Email { get; set; }

    /// <summary>The address in lower case, by which it is unique in the organization.</summary>
    public string EmailKey
    {
        get => Texts.Key(Email);
        private set => _ = value;
    }

    /// <summary>The address' domain in the form in which accounts keep theirs, by which contacts and accounts find each other.</summary>
    public string EmailDomain
    {
        get => EmailAddress.DomainOf(Email);
        private set => _ = value;
    }

    /// <summary>The phone number with country code, as it was written.</summary>
    public string? PhoneNumber { get; set; }

    /// <summary>Where the person's picture is.</summary>
    public string? AvatarUrl { get; set; }

    /// <summary>What the person is to the customer.</summary>
    public Ulid ContactTypeId { get; set; }

    /// <summary>See <see cref="ContactTypeId"/>.</summary>
    public AttributeValue? ContactType { get; private set; }

    /// <summary>Where the person came from: the <c>source</c> of a bulk request or the sink of an ingest. Not on the wire.</summary>
    public string? Source { get; init; }

    /// <summary>The client's own data, a JSON object.</summary>
    public RawJson Metadata { get; set; } = RawJson.EmptyObject;

    /// <summary>The accounts that the person belongs to.</summary>
    public List<AccountContact> Accounts { get; } = [];

    /// <summary>Values of the organization's custom fields, in the order given.</summary>
    public List<ContactCustomFieldValue> CustomFieldValues { get; } = [];
}
