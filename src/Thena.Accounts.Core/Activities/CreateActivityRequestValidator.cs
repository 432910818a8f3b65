using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Activities;

/// <summary>The form of <see cref="CreateActivityRequest"/>.</summary>
public sealed class CreateActivityRequestValidator : ActivityFieldsValidator<CreateActivityRequest>
{
    /// <summary>Sets the rules.</summary>
    public CreateActivityRequestValidator()
    {
        RuleFor(activity => activity.AccountId).Required();
        RuleFor(activity => activity.ActivityTimestamp).Required();
        RuleFor(activity => activity.Duration).Required();
        RuleFor(activity => activity.Location).Required();
    }
}
