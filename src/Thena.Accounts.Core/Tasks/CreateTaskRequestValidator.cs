using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Tasks;

/// <summary>The form of <see cref="CreateTaskRequest"/>.</summary>
public sealed class CreateTaskRequestValidator : TaskFieldsValidator<CreateTaskRequest>
{
    /// <summary>Sets the rules.</summary>
    public CreateTaskRequestValidator()
    {
        RuleFor(task => task.AccountId).Required();
        RuleFor(task => task.Title).Required();
        RuleFor(task => task.AssigneeId).Required();
    }
}
