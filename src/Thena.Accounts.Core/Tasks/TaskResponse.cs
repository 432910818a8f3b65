using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.ReferenceData;

namespace Thena.Accounts.Core.Tasks;

/// <summary>A task.</summary>
public sealed record TaskResponse : IVersioned
{
    /// <summary>The task's ID.</summary>
    public required string Id { get; init; }

    /// <summary>The account's ID.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account's name.</summary>
    /// <example>Acme Corporation</example>
    public required string Account { get; init; }

    /// <summary>The ID of the activity that the task belongs to, <c>""</c> when there is none.</summary>
    public required string ActivityId { get; init; }

    /// <summary>The title.</summary>
    /// <example>Send the offer</example>
    public required string Title { get; init; }

    /// <summary>A free-text description of the task, <c>""</c> when unset.</summary>
    /// <example>50 seats, two years, with the discount we discussed.</example>
    public required string Description { get; init; }

    /// <summary>The ID of the user to whom the task is assigned.</summary>
    public required string AssigneeId { get; init; }

    /// <summary>The type.</summary>
    /// <example>FOLLOW_UP</example>
    public required string Type { get; init; }

    /// <summary>The ID of the type.</summary>
    public required string TypeId { get; init; }

    /// <summary>The display settings of the type.</summary>
    public required AttributeDisplay TypeConfiguration { get; init; }

    /// <summary>The task's status.</summary>
    /// <example>PENDING</example>
    public required string Status { get; init; }

    /// <summary>The ID of the status.</summary>
    public required string StatusId { get; init; }

    /// <summary>The display settings of the status.</summary>
    public required AttributeDisplay StatusConfiguration { get; init; }

    /// <summary>The task's priority.</summary>
    /// <example>LOW</example>
    public required string Priority { get; init; }

    /// <summary>The ID of the priority.</summary>
    public required string PriorityId { get; init; }

    /// <summary>The display settings of the priority.</summary>
    public required AttributeDisplay PriorityConfiguration { get; init; }

    /// <summary>The attachments, oldest first.</summary>
    public required IReadOnlyList<AttachmentResponse> Attachments { get; init; }

    /// <summary>Whether the task is open: <c>false</c> once its status is a closed one.</summary>
    /// <example>true</example>
    public required bool IsActive { get; init; }

    /// <summary>The name of the user who created the task.</summary>
    public required string Creator { get; init; }

    /// <summary>The creator's ID.</summary>
    public required string CreatorId { get; init; }

    /// <summary>The creator's email address.</summary>
    public required string CreatorEmail { get; init; }

    /// <summary>The time at which the task was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time of the last change.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Your own data.</summary>
    public required RawJson Metadata { get; init; }

    /// <summary>Makes the response from a task.</summary>
    internal static TaskResponse From(AccountTask task, References references)
    {
        var type = AttributeReference.From(references, task.TypeId);
        var status = AttributeReference.From(references, task.StatusId);
        var priority = AttributeReference.From(references, task.PriorityId);
        var creator = UserReference.From(references, task.CreatorId);
        return new TaskResponse
        {
            Id = WireFormat.Id(task.Id),
            AccountId = WireFormat.Id(task.AccountId),
            Account = task.AccountName,
            ActivityId = task.ActivityId is { } activity ? WireFormat.Id(activity) : "",
            Title = task.Title,
            Description = task.Description ?? "",
            AssigneeId = WireFormat.Id(task.AssigneeId),
            Type = type.Value,
            TypeId = type.Id,
            TypeConfiguration = type.Display,
            Status = status.Value,
            StatusId = status.Id,
            StatusConfiguration = status.Display,
            Priority = priority.Value,
            PriorityId = priority.Id,
            PriorityConfiguration = priority.Display,
            Attachments = AttachmentResponse.From(task),
            IsActive = status.Display.IsClosed != true,
            Creator = creator.Name ?? "",
            CreatorId = WireFormat.Id(task.CreatorId),
            CreatorEmail = creator.Email ?? "",
            CreatedAt = task.CreatedAt,
            UpdatedAt = task.UpdatedAt,
            Metadata = task.Metadata,
        };
    }
}
