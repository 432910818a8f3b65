using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.ReferenceData;

namespace Thena.Accounts.Core.Activities;

/// <summary>An activity.</summary>
public sealed record ActivityResponse : IVersioned
{
    /// <summary>The activity's ID.</summary>
    public required string Id { get; init; }

    /// <summary>The account's ID.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account's name.</summary>
    /// <example>Acme Corporation</example>
    public required string Account { get; init; }

    /// <summary>The time of the activity.</summary>
    /// <example>2023-12-07T10:30:00.000Z</example>
    public required DateTimeOffset ActivityTimestamp { get; init; }

    /// <summary>The duration in minutes.</summary>
    /// <example>45</example>
    public required int Duration { get; init; }

    /// <summary>The location.</summary>
    /// <example>Zoom</example>
    public required string Location { get; init; }

    /// <summary>The title.</summary>
    /// <example>Quarterly review</example>
    public required string? Title { get; init; }

    /// <summary>A free-text description of the activity.</summary>
    /// <example>Numbers for the third quarter, plans for the fourth.</example>
    public required string? Description { get; init; }

    /// <summary>The type.</summary>
    /// <example>CALL</example>
    public required string Type { get; init; }

    /// <summary>The ID of the type.</summary>
    public required string TypeId { get; init; }

    /// <summary>The display settings of the type.</summary>
    public required AttributeDisplay TypeConfiguration { get; init; }

    /// <summary>The activity's status.</summary>
    /// <example>PENDING</example>
    public required string Status { get; init; }

    /// <summary>The ID of the status.</summary>
    public required string StatusId { get; init; }

    /// <summary>The display settings of the status.</summary>
    public required AttributeDisplay StatusConfiguration { get; init; }

    /// <summary>The IDs of the participating users.</summary>
    public required IReadOnlyList<string> Participants { get; init; }

    /// <summary>The name of the user who created the activity.</summary>
    public required string Creator { get; init; }

    /// <summary>The creator's ID.</summary>
    public required string CreatorId { get; init; }

    /// <summary>The creator's email address.</summary>
    public required string CreatorEmail { get; init; }

    /// <summary>The attachments, oldest first.</summary>
    public required IReadOnlyList<AttachmentResponse> Attachments { get; init; }

    /// <summary>The time at which the activity was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time of the last change.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Your own data.</summary>
    public required RawJson Metadata { get; init; }

    /// <summary>Makes the response from an activity.</summary>
    internal static ActivityResponse From(Activity activity, References references)
    {
        var type = AttributeReference.From(references, activity.TypeId);
        var status = AttributeReference.From(references, activity.StatusId);
        var creator = UserReference.From(references, activity.CreatorId);
        return new ActivityResponse
        {
            Id = WireFormat.Id(activity.Id),
            AccountId = WireFormat.Id(activity.AccountId),
            Account = activity.AccountName,
            ActivityTimestamp = activity.ActivityTimestamp,
            Duration = activity.Duration,
            Location = activity.Location,
            Title = activity.Title,
            Description = activity.Description,
            Type = type.Value,
            TypeId = type.Id,
            TypeConfiguration = type.Display,
            Status = status.Value,
            StatusId = status.Id,
            StatusConfiguration = status.Display,
            Participants =
            [
                .. activity.Participants
                    .OrderBy(participant => participant.Position)
                    .Select(participant => WireFormat.Id(participant.UserId)),
            ],
            Creator = creator.Name ?? "",
            CreatorId = WireFormat.Id(activity.CreatorId),
            CreatorEmail = creator.Email ?? "",
            Attachments = AttachmentResponse.From(activity),
            CreatedAt = activity.CreatedAt,
            UpdatedAt = activity.UpdatedAt,
            Metadata = activity.Metadata,
        };
    }
}
