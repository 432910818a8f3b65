using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Contacts;

/// <summary>What can be said of a contact in every way to bring one in or to change one (contract: Contacts).</summary>
public abstract record ContactFields
{
    /// <summary>The person's first name.</summary>
    /// <example>John</example>
    public Optional<string?> FirstName { get; init; }

    /// <summary>The person's last name.</summary>
    /// <example>Doe</example>
    public Optional<string?> LastName { get; init; }

    /// <summary>The e-mail address, unique in the organization in any case.</summary>
    /// <example>john.doe@acme.com</example>
    public Optional<string?> Email { get; init; }

    /// <summary>The phone number with country code.</summary>
    /// <example>+1 (555) 123-4567</example>
    public Optional<string?> PhoneNumber { get; init; }

    /// <summary>What the person is to the customer: id or value of a <c>contact_type</c>.</summary>
    /// <example>PRIMARY</example>
    public Optional<string?> ContactType { get; init; }

    /// <summary>URL of the person's picture.</summary>
    /// <example>https://acme.com/john.png</example>
    public Optional<string?> AvatarUrl { get; init; }

    /// <summary>The client's own data; it replaces what was there.</summary>
    public Optional<RawJson?> Metadata { get; init; }
}
