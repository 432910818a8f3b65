using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Contacts;

/// <summary>The form of <see cref="CreateContactRequest"/>.</summary>
public sealed class CreateContactRequestValidator : LinkedContactFieldsValidator<CreateContactRequest>
{
    /// <summary>Sets the rules.</summary>
    public CreateContactRequestValidator()
    {
        RuleFor(contact => contact.FirstName).Required();
        RuleFor(contact => contact.Email).Required();
    }
}
