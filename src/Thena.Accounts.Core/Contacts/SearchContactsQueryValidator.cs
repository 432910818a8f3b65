using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Contacts;

/// <summary>The form of <see cref="SearchContactsQuery"/>; what is no address simply finds nothing.</summary>
public sealed class SearchContactsQueryValidator : AbstractValidator<SearchContactsQuery>
{
    /// <summary>Sets the rules.</summary>
    public SearchContactsQueryValidator() => RuleFor(query => new Optional<string?>(query.Email)).Required().OverridePropertyName("email");
}
