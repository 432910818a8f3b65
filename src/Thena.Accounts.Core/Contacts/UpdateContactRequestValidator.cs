using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Contacts;

/// <summary>The form of <see cref="UpdateContactRequest"/>.</summary>
public sealed class UpdateContactRequestValidator : LinkedContactFieldsValidator<UpdateContactRequest>
{
    /// <summary>Sets the rules.</summary>
    public UpdateContactRequestValidator()
    {
        RuleFor(contact => contact.FirstName).NotCleared();
        RuleFor(contact => contact.Email).NotCleared();
        RuleFor(contact => contact.ContactType).NotCleared();
    }
}
