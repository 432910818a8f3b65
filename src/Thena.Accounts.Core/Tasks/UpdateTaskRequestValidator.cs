using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Tasks;

/// <summary>The form of <see cref="UpdateTaskRequest"/>.</summary>
public sealed class UpdateTaskRequestValidator : TaskFieldsValidator<UpdateTaskRequest>
{
    /// <summary>Sets the rules.</summary>
    public UpdateTaskRequestValidator()
    {
        RuleFor(task => task.Title).NotCleared();
        RuleFor(task => task.AssigneeId).NotCleared();
        RuleFor(task => task.Type).NotCleared();
        RuleFor(task => task.Status).NotCleared();
        RuleFor(task => task.Priority).NotCleared();
    }
}
