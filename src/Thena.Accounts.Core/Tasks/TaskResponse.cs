using System.Linq.Expressions;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Tasks;

/// <summary>A task.</summary>
public sealed record TaskResponse
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

    internal static Expression<Func<AccountTask, TaskResponse>> Projection { get; } = task => new TaskResponse
    {
        Id = WireFormat.Id(task.Id),
        AccountId = WireFormat.Id(task.AccountId),
        Account = task.Account!.Name,
        ActivityId = WireFormat.IdOrEmpty(task.ActivityId),
        Title = task.Title,
        Description = task.Description ?? "",
        AssigneeId = WireFormat.Id(task.AssigneeId),
        Type = task.Type!.Value,
        TypeId = WireFormat.Id(task.TypeId),
        TypeConfiguration = new AttributeDisplay { Icon = task.Type.Icon, Color = task.Type.Color, IsClosed = task.Type.IsClosed },
        Status = task.Status!.Value,
        StatusId = WireFormat.Id(task.StatusId),
        StatusConfiguration = new AttributeDisplay { Icon = task.Status.Icon, Color = task.Status.Color, IsClosed = task.Status.IsClosed },
        Priority = task.Priority!.Value,
        PriorityId = WireFormat.Id(task.PriorityId),
        PriorityConfiguration = new AttributeDisplay
        {
            Icon = task.Priority.Icon,
            Color = task.Priority.Color,
            IsClosed = task.Priority.IsClosed,
        },
        Attachments = task.Attachments.ToResponse(),
        IsActive = task.Status.IsClosed != true,
        Creator = task.Creator!.Name,
        CreatorId = WireFormat.Id(task.CreatorId),
        CreatorEmail = task.Creator.Email,
        CreatedAt = task.CreatedAt,
        UpdatedAt = task.UpdatedAt,
        Metadata = task.Metadata,
    };
}
