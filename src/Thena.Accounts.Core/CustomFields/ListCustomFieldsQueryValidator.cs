using FluentValidation;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>The form of <see cref="ListCustomFieldsQuery"/>.</summary>
public sealed class ListCustomFieldsQueryValidator : AbstractValidator<ListCustomFieldsQuery>
{
    /// <summary>Sets the rules.</summary>
    public ListCustomFieldsQueryValidator()
    {
        RuleFor(query => query.Page).GreaterThanOrEqualTo(0).WithMessage("page must be 0 or more");
        RuleFor(query => query.Limit).InclusiveBetween(1, PageQuery.MaxLimit).WithMessage($"limit must be between 1 and {PageQuery.MaxLimit}");
        RuleFor(query => query.Source).OneOf(CustomFieldSource.All);
    }
}
