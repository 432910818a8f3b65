using System.Linq.Expressions;
using FluentValidation;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Validation;

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

/// <summary>The pick list values that contacts use.</summary>
internal sealed class ContactAttributeUsage(AccountsDbContext context) : AttributeUsage<Contact>(context)
{
    protected override Expression<Func<Contact, Ulid?>>? Column(AttributeKind kind) =>
        kind == AttributeKind.ContactType ? contact => contact.ContactTypeId : null;
}
