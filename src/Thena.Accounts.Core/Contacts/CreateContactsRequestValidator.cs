using FluentValidation;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Contacts;

/// <summary>The form of <see cref="CreateContactsRequest"/>.</summary>
public sealed class CreateContactsRequestValidator : AbstractValidator<CreateContactsRequest>
{
    /// <summary>Sets the rules.</summary>
    public CreateContactsRequestValidator()
    {
        RuleFor(request => request.Contacts).RequiredItems("No contacts to create", RequestRules.BulkMaxItems);
        RuleForEach(request => request.Contacts).Present().SetValidator(new CreateContactItemValidator())
            .When(request => request.Contacts is { Count: <= RequestRules.BulkMaxItems });
        RuleFor(request => request.AccountIds).Ids(RequestRules.FilterMaxItems);
        RuleFor(request => request.Source).Name();
    }
}
