using FluentValidation;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Tasks;

/// <summary>What can be said of a task when it is created and when it is changed (contract: Task).</summary>
public abstract record TaskFields
{
    /// <summary>What is to be done, in a few words.</summary>
    /// <example>Send the offer</example>
    public Optional<string?> Title { get; init; }

    /// <summary>Id of the user who is to do it.</summary>
    /// <example>01JZ6F9T3N4S8W5V7X2Y1A0BCG</example>
    public Optional<string?> AssigneeId { get; init; }

    /// <summary>Id of the activity that it came out of, one of the same account.</summary>
    public Optional<string?> ActivityId { get; init; }

    /// <summary>What there is to say about it.</summary>
    /// <example>50 seats, two years, with the discount we spoke of.</example>
    public Optional<string?> Description { get; init; }

    /// <summary>What sort of task it is: id or value of a <c>task_type</c>.</summary>
    /// <example>FOLLOW_UP</example>
    public Optional<string?> Type { get; init; }

    /// <summary>How far it is: id or value of a <c>task_status</c>.</summary>
    /// <example>IN_PROGRESS</example>
    public Optional<string?> Status { get; init; }

    /// <summary>How pressing it is: id or value of a <c>task_priority</c>.</summary>
    /// <example>HIGH</example>
    public Optional<string?> Priority { get; init; }

    /// <summary>URLs to attach; what is attached already stays.</summary>
    /// <example>["https://files.acme.com/offers/draft.pdf"]</example>
    public Optional<IReadOnlyList<string>?> AttachmentUrls { get; init; }

    /// <summary>The client's own data; it replaces what was there.</summary>
    public Optional<RawJson?> Metadata { get; init; }
}

/// <summary>The form of what create and update of tasks share.</summary>
public abstract class TaskFieldsValidator<T> : AbstractValidator<T>
    where T : TaskFields
{
    /// <summary>Sets the rules.</summary>
    protected TaskFieldsValidator()
    {
        RuleFor(task => task.Title).Name();
        RuleFor(task => task.Description).FreeText(RequestRules.DescriptionMaxLength);
        RuleFor(task => task.AttachmentUrls).AttachmentUrls();
        RuleForEach(task => RequestRules.Within(task.AttachmentUrls.Value, AttachmentList.MaxCount)).AttachmentUrl().OverridePropertyName("attachmentUrls");
        RuleFor(task => task.Metadata).Metadata();
    }
}

/// <summary>A new task.</summary>
public sealed record CreateTaskRequest : TaskFields
{
    /// <summary>The account; it cannot be changed later.</summary>
    /// <example>01JZ6F9T3N4S8W5V7X2Y1A0BCD</example>
    public Optional<string?> AccountId { get; init; }
}

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

/// <summary>Changes to a task: absent members stay as they are, <c>null</c> clears. Its account stays.</summary>
public sealed record UpdateTaskRequest : TaskFields;

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
