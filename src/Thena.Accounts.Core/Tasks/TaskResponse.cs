using System.Linq.Expressions;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Tasks;

/// <summary>A task.</summary>
public sealed record TaskResponse
{
    /// <summary>The task's id.</summary>
    public required string Id { get; init; }

    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account's name.</summary>
    /// <example>Acme Corporation</example>
    public required string Account { get; init; }

    /// <summary>Id of the activity that it came out of, <c>""</c> when there is none.</summary>
    public required string ActivityId { get; init; }

    /// <summary>What is to be done, in a few words.</summary>
    /// <example>Send the offer</example>
    public required string Title { get; init; }

    /// <summary>What there is to say about it.</summary>
    public required string Description { get; init; }

    /// <summary>Id of the user who is to do it.</summary>
    public required string AssigneeId { get; init; }

    /// <summary>What sort of task it is.</summary>
    /// <example>FOLLOW_UP</example>
    public required string Type { get; init; }

    /// <summary>Id of its type.</summary>
    public required string TypeId { get; init; }

    /// <summary>How the type is shown.</summary>
    public required AttributeDisplay TypeConfiguration { get; init; }

    /// <summary>How far it is.</summary>
    /// <example>PENDING</example>
    public required string Status { get; init; }

    /// <summary>Id of its status.</summary>
    public required string StatusId { get; init; }

    /// <summary>How the status is shown.</summary>
    public required AttributeDisplay StatusConfiguration { get; init; }

    /// <summary>How pressing it is.</summary>
    /// <example>LOW</example>
    public required string Priority { get; init; }

    /// <summary>Id of its priority.</summary>
    public required string PriorityId { get; init; }

    /// <summary>How the priority is shown.</summary>
    public required AttributeDisplay PriorityConfiguration { get; init; }

    /// <summary>Its attachments, in order of attaching.</summary>
    public required IReadOnlyList<AttachmentResponse> Attachments { get; init; }

    /// <summary>Whether there is still something to do: its status is not closed.</summary>
    public required bool IsActive { get; init; }

    /// <summary>The name of the user whose key made it.</summary>
    public required string Creator { get; init; }

    /// <summary>The id of that user.</summary>
    public required string CreatorId { get; init; }

    /// <summary>The e-mail address of that user.</summary>
    public required string CreatorEmail { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The client's own data.</summary>
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
        PriorityConfiguration = new AttributeDisplay { Icon = task.Priority.Icon, Color = task.Priority.Color, IsClosed = task.Priority.IsClosed },
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
