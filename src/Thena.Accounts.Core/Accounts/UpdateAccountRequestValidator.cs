using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Accounts;

/// <summary>The form of <see cref="UpdateAccountRequest"/>.</summary>
public sealed class UpdateAccountRequestValidator : AccountFieldsValidator<UpdateAccountRequest>
{
    /// <summary>Sets the rules.</summary>
    public UpdateAccountRequestValidator()
    {
        RuleFor(account => account.Name).NotCleared();
        RuleFor(account => account.PrimaryDomain).NotCleared();
    }
}
