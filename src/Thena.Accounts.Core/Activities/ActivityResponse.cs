using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Activities;

/// <summary>An activity.</summary>
public sealed record ActivityResponse
{
    /// <summary>The activity's id.</summary>
    public required string Id { get; init; }

    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account's name.</summary>
    /// <example>Acme Corporation</example>
    public required string Account { get; init; }

    /// <summary>When it happens or happened.</summary>
    public required DateTimeOffset ActivityTimestamp { get; init; }

    /// <summary>How long, in minutes.</summary>
    /// <example>45</example>
    public required int Duration { get; init; }

    /// <summary>Where.</summary>
    /// <example>Zoom</example>
    public required string Location { get; init; }

    /// <summary>What it is called.</summary>
    public required string? Title { get; init; }

    /// <summary>What there is to say about it.</summary>
    public required string? Description { get; init; }

    /// <summary>What sort of activity it is.</summary>
    /// <example>CALL</example>
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

    /// <summary>Ids of the users who take part.</summary>
    public required IReadOnlyList<string> Participants { get; init; }

    /// <summary>The name of the user whose key made it.</summary>
    public required string Creator { get; init; }

    /// <summary>The id of that user.</summary>
    public required string CreatorId { get; init; }

    /// <summary>The e-mail address of that user.</summary>
    public required string CreatorEmail { get; init; }

    /// <summary>Its attachments, in order of attaching.</summary>
    public required IReadOnlyList<AttachmentResponse> Attachments { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The client's own data.</summary>
    public required RawJson Metadata { get; init; }

    internal static Expression<Func<Activity, ActivityResponse>> Projection { get; } = activity => new ActivityResponse
    {
        Id = WireFormat.Id(activity.Id),
        AccountId = WireFormat.Id(activity.AccountId),
        Account = activity.Account!.Name,
        ActivityTimestamp = activity.ActivityTimestamp,
        Duration = activity.Duration,
        Location = activity.Location,
        Title = activity.Title,
        Description = activity.Description,
        Type = activity.Type!.Value,
        TypeId = WireFormat.Id(activity.TypeId),
        TypeConfiguration = new AttributeDisplay { Icon = activity.Type.Icon, Color = activity.Type.Color, IsClosed = activity.Type.IsClosed },
        Status = activity.Status!.Value,
        StatusId = WireFormat.Id(activity.StatusId),
        StatusConfiguration = new AttributeDisplay { Icon = activity.Status.Icon, Color = activity.Status.Color, IsClosed = activity.Status.IsClosed },

        // In one array, as a joined row a participant would repeat the whole activity.
        Participants = WireFormat.Ids(activity.Participants
            .GroupBy(participant => participant.ActivityId)
            .Select(group => EF.Functions.ArrayAgg(group.OrderBy(participant => participant.Position).Select(participant => participant.UserId)))
            .FirstOrDefault()),
        Creator = activity.Creator!.Name,
        CreatorId = WireFormat.Id(activity.CreatorId),
        CreatorEmail = activity.Creator.Email,
        Attachments = activity.Attachments.ToResponse(),
        CreatedAt = activity.CreatedAt,
        UpdatedAt = activity.UpdatedAt,
        Metadata = activity.Metadata,
    };
}
