using FluentValidation;

namespace Thena.Accounts.Core.Paging;

/// <summary>The form of page and limit in every list.</summary>
public abstract class PageQueryValidator<T> : AbstractValidator<T>
    where T : PageQuery
{
    /// <summary>Sets the rules.</summary>
    protected PageQueryValidator()
    {
        RuleFor(query => query.Page).GreaterThanOrEqualTo(1).WithMessage("page must be 1 or more");
        RuleFor(query => query.Limit).InclusiveBetween(1, PageQuery.MaxLimit).WithMessage($"limit must be between 1 and {PageQuery.MaxLimit}");
        RuleFor(query => query.Cursor).Must(cursor => cursor is null || Paging.Cursor.TryParse(cursor, out _)).WithMessage("cursor must be one that a link of this list gave");
    }
}
