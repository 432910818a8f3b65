using FluentValidation;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>The form of <see cref="DeleteCustomFieldsRequest"/>.</summary>
public sealed class DeleteCustomFieldsRequestValidator : AbstractValidator<DeleteCustomFieldsRequest>
{
    /// <summary>Sets the rules.</summary>
    public DeleteCustomFieldsRequestValidator()
    {
        RuleFor(request => request.Fields).RequiredItems(RequestRules.FilterMaxItems);
        RuleForEach(request => RequestRules.Within(request.Fields, RequestRules.FilterMaxItems)).Present().SetValidator(new DeleteCustomFieldItemValidator()).OverridePropertyName("fields");
    }
}
