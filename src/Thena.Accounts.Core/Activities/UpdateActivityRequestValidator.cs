using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Activities;

/// <summary>The form of <see cref="UpdateActivityRequest"/>.</summary>
public sealed class UpdateActivityRequestValidator : ActivityFieldsValidator<UpdateActivityRequest>
{
    /// <summary>Sets the rules.</summary>
    public UpdateActivityRequestValidator()
    {
        RuleFor(activity => activity.ActivityTimestamp).NotCleared();
        RuleFor(activity => activity.Duration).NotCleared();
        RuleFor(activity => activity.Location).NotCleared();
        RuleFor(activity => activity.Type).NotCleared();
        RuleFor(activity => activity.Status).NotCleared();
    }
}
