using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Accounts;

/// <summary>The form of <see cref="CreateAccountRequest"/>.</summary>
public sealed class CreateAccountRequestValidator : AccountFieldsValidator<CreateAccountRequest>
{
    /// <summary>Sets the rules.</summary>
    public CreateAccountRequestValidator()
    {
        RuleFor(account => account.Name).Required();
        RuleFor(account => account.PrimaryDomain).Required();
    }
}
