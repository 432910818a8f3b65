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

    public void Detach(Account record, Unit unit)
    {
        // In the order in which all units lock contacts.
        unit.Read(
            $"""
            select r.id from contacts r
            where r.organization_id = {unit.OrganizationId} and r.deleted_at is null and r.id in (
                select contact_id from account_contacts where organization_id = {unit.OrganizationId} and account_id = {record.Id})
            order by r.email_key for no key update
            """,
            _ => true);
        unit.TouchAll(unit.Of<Contact>().Where(
            $"r.id = any(array(select contact_id from account_contacts where organization_id = $1 and account_id = {record.Id}))"));
        unit.Execute($"delete from account_contacts where organization_id = {unit.OrganizationId} and account_id = {record.Id}");
    }
}
