using FluentValidation;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>The form of <see cref="UpdateCustomFieldsRequest"/>.</summary>
public sealed class UpdateCustomFieldsRequestValidator : AbstractValidator<UpdateCustomFieldsRequest>
{
    /// <summary>Sets the rules.</summary>
    public UpdateCustomFieldsRequestValidator()
    {
        RuleFor(request => request.Fields).RequiredItems(RequestRules.FilterMaxItems);
        RuleForEach(request => RequestRules.Within(request.Fields, RequestRules.FilterMaxItems)).Present().SetValidator(new UpdateCustomFieldItemValidator()).OverridePropertyName("fields");
    }
}
