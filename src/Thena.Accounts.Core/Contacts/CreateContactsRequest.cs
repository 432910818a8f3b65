using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Contacts;

/// <summary>Many new contacts at once.</summary>
public sealed record CreateContactsRequest
{
    /// <summary>The contacts, 1 to 5,000.</summary>
    /// <example>[{"firstName": "Jane", "lastName": "Roe", "email": "jane.roe@acme.com"}, {"email": "bob@acme.com", "phone": "+1 555 123 4567"}]</example>
    public IReadOnlyList<CreateContactItem>? Contacts { get; init; }

    /// <summary>Accounts that all of them belong to: an array of ids, or one id.</summary>
    public Optional<IdList?> AccountIds { get; init; }

    /// <summary>What those are to the customer that do not say so themselves: id or value of a <c>contact_type</c>.</summary>
    /// <example>PRIMARY</example>
    public Optional<string?> ContactType { get; init; }

    /// <summary>Where they came from.</summary>
    /// <example>Slack</example>
    public Optional<string?> Source { get; init; }
}
