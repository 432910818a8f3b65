using System.Linq.Expressions;
using FluentValidation;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Contacts;

/// <summary>Which contacts to show. A filter that names nothing yields an empty list.</summary>
public sealed record ListContactsQuery : PageQuery
{
    /// <summary>The account that they belong to.</summary>
    public string? AccountId { get; init; }

    /// <summary>Id or value of a <c>contact_type</c>.</summary>
    public string? ContactType { get; init; }
}

/// <summary>The form of <see cref="ListContactsQuery"/>.</summary>
public sealed class ListContactsQueryValidator : PageQueryValidator<ListContactsQuery>;

/// <summary>Which contact to find.</summary>
public sealed record SearchContactsQuery
{
    /// <summary>The whole e-mail address, in any case.</summary>
    /// <example>john.doe@acme.com</example>
    public string? Email { get; init; }
}

/// <summary>The form of <see cref="SearchContactsQuery"/>; what is no address simply finds nothing.</summary>
public sealed class SearchContactsQueryValidator : AbstractValidator<SearchContactsQuery>
{
    /// <summary>Sets the rules.</summary>
    public SearchContactsQueryValidator() => RuleFor(query => new Optional<string?>(query.Email)).Required().OverridePropertyName("email");
}

/// <summary>The attribute values that contacts refer to.</summary>
internal sealed class ContactAttributeUsage(AccountsDbContext context) : AttributeUsage<Contact>(context)
{
    protected override Expression<Func<Contact, Ulid?>>? Column(AttributeKind kind) =>
        kind == AttributeKind.ContactType ? contact => contact.ContactTypeId : null;
}
