using FluentValidation;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Accounts;

/// <summary>The form of <see cref="CreateAccountsRequest"/>.</summary>
public sealed class CreateAccountsRequestValidator : AbstractValidator<CreateAccountsRequest>
{
    /// <summary>Sets the rules.</summary>
    public CreateAccountsRequestValidator()
    {
        RuleFor(request => request.Accounts).RequiredItems("No accounts to create", RequestRules.BulkMaxItems);
        RuleForEach(request => request.Accounts).Present().SetValidator(new CreateAccountRequestValidator())
            .When(request => request.Accounts is { Count: <= RequestRules.BulkMaxItems });
    }
}
