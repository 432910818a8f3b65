using FluentValidation;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Contacts;

/// <summary>The form of what all requests say of contacts.</summary>
public abstract class ContactFieldsValidator<T> : AbstractValidator<T>
    where T : ContactFields
{
    /// <summary>Sets the rules.</summary>
    protected ContactFieldsValidator()
    {
        RuleFor(contact => contact.FirstName).Name();
        RuleFor(contact => contact.LastName).Name();
        RuleFor(contact => contact.Email).Email();
        RuleFor(contact => contact.PhoneNumber).Phone();
        RuleFor(contact => contact.AvatarUrl).Url();
        RuleFor(contact => contact.Metadata).Metadata();
    }
}
