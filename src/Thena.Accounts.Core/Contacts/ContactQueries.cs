using FluentValidation;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Deletion;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Validation;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Contacts;

/// <summary>Filters for a list of contacts. A filter with an unknown ID or value yields an empty list.</summary>
public sealed record ListContactsQuery : PageQuery
{
    /// <summary>The ID of an account that the contacts belong to.</summary>
    public string? AccountId { get; init; }

    /// <summary>The ID or value of a <c>contact_type</c>.</summary>
    public string? ContactType { get; init; }
}

internal sealed class ListContactsQueryValidator : PageQueryValidator<ListContactsQuery>;

/// <summary>The contact to find.</summary>
public sealed record SearchContactsQuery
{
    /// <summary>The full email address, ignoring case.</summary>
    /// <example>grace.archer.1@mmm.example</example>
    public string? Email { get; init; }
}

internal sealed class SearchContactsQueryValidator : AbstractValidator<SearchContactsQuery>
{
    public SearchContactsQueryValidator() => RuleFor(query => new Optional<string?>(query.Email)).Required().OverridePropertyName("email");
}

/// <summary>Unlinks the contacts of a deleted account. The contacts stay, with a new version, as their accounts have changed.</summary>
internal sealed class AccountContactDependents : IDependents<Account>
{
    public string Kind => ContactKind.Plural;

    public LockedSet Lock(Ulid id, Unit unit) => unit.ChangeAll(
        unit.Of<Contact>().Where(
            $"r.id = any(array(select contact_id from account_contacts where organization_id = $1 and account_id = {id}))"),
        contact => contact.Accounts.RemoveAll(link => link.AccountId == id),
        order: nameof(Contact.EmailKey));
}
