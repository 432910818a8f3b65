using FluentValidation;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Tasks;

/// <summary>The fields of a task that clients can set (contract: Task).</summary>
public abstract record TaskFields
{
    /// <summary>The title.</summary>
    /// <example>Send the offer</example>
    public Optional<string?> Title { get; init; }

    /// <summary>The ID of the user to whom the task is assigned.</summary>
    /// <example>01JGXDH570CD6TXFFM99JBVS1P</example>
    public Optional<string?> AssigneeId { get; init; }

    /// <summary>The ID of the activity that the task belongs to. It must be an activity of the same account.</summary>
    /// <example>01K6N9CJC03S846PY6KRS5ER4T</example>
    public Optional<string?> ActivityId { get; init; }

    /// <summary>A free-text description of the task.</summary>
    /// <example>50 seats, two years, with the discount we discussed.</example>
    public Optional<string?> Description { get; init; }

    /// <summary>The type: the ID or value of a <c>task_type</c>.</summary>
    /// <example>FOLLOW_UP</example>
    public Optional<string?> Type { get; init; }

    /// <summary>The status: the ID or value of a <c>task_status</c>.</summary>
    /// <example>IN_PROGRESS</example>
    public Optional<string?> Status { get; init; }

    /// <summary>The priority: the ID or value of a <c>task_priority</c>.</summary>
    /// <example>HIGH</example>
    public Optional<string?> Priority { get; init; }

    /// <summary>The URLs of files to attach. Existing attachments stay.</summary>
    /// <example>["https://files.acme.com/offers/draft.pdf"]</example>
    public Optional<IReadOnlyList<string>?> AttachmentUrls { get; init; }

    /// <summary>Your own data, a JSON object. Replaces the stored object.</summary>
    public Optional<RawJson?> Metadata { get; init; }
}

internal abstract class TaskFieldsValidator<T> : AbstractValidator<T>
    where T : TaskFields
{
    protected TaskFieldsValidator()
    {
        RuleFor(task => task.Title).Name();
        RuleFor(task => task.Description).FreeText(RequestRules.DescriptionMaxLength);
        RuleFor(task => task.AttachmentUrls).AttachmentUrls();
        RuleForEach(task => RequestRules.Within(task.AttachmentUrls.Value, AttachmentList.MaxCount))
            .AttachmentUrl()
            .OverridePropertyName("attachmentUrls");
        RuleFor(task => task.Metadata).Metadata();
    }
}

/// <summary>The task to create.</summary>
public sealed record CreateTaskRequest : TaskFields
{
    /// <summary>The ID of the account. It cannot be changed later.</summary>
    /// <example>01JGYPNP404WTJZMYZ0JWY0ZZK</example>
    public Optional<string?> AccountId { get; init; }
}

internal sealed class CreateTaskRequestValidator : TaskFieldsValidator<CreateTaskRequest>
{
    public CreateTaskRequestValidator()
    {
        RuleFor(task => task.AccountId).Required();
        RuleFor(task => task.Title).Required();
        RuleFor(task => task.AssigneeId).Required();
    }
}

/// <summary>Changes to a task. Absent fields stay unchanged; <c>null</c> clears a field. The account stays the same.</summary>
public sealed record UpdateTaskRequest : TaskFields;

internal sealed class UpdateTaskRequestValidator : TaskFieldsValidator<UpdateTaskRequest>
{
    public UpdateTaskRequestValidator()
    {
        RuleFor(task => task.Title).NotCleared();
        RuleFor(task => task.AssigneeId).NotCleared();
        RuleFor(task => task.Type).NotCleared();
        RuleFor(task => task.Status).NotCleared();
        RuleFor(task => task.Priority).NotCleared();
    }
}
