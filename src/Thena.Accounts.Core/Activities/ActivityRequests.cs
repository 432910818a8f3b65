using FluentValidation;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Activities;

/// <summary>The fields of an activity that clients can set (contract: Activity).</summary>
public abstract record ActivityFields
{
    /// <summary>The time of the activity, an ISO 8601 instant.</summary>
    /// <example>2023-12-07T10:30:00.000Z</example>
    public Optional<DateTimeOffset?> ActivityTimestamp { get; init; }

    /// <summary>The duration in minutes.</summary>
    /// <example>45</example>
    public Optional<int?> Duration { get; init; }

    /// <summary>The location.</summary>
    /// <example>Zoom</example>
    public Optional<string?> Location { get; init; }

    /// <summary>The title.</summary>
    /// <example>Quarterly review</example>
    public Optional<string?> Title { get; init; }

    /// <summary>A free-text description of the activity.</summary>
    /// <example>Numbers for the third quarter, plans for the fourth.</example>
    public Optional<string?> Description { get; init; }

    /// <summary>The type: the ID or value of an <c>activity_type</c>.</summary>
    /// <example>CALL</example>
    public Optional<string?> Type { get; init; }

    /// <summary>The status: the ID or value of an <c>activity_status</c>.</summary>
    /// <example>PENDING</example>
    public Optional<string?> Status { get; init; }

    /// <summary>The IDs of the participating users. On update, they replace the stored participants.</summary>
    /// <example>["01JGXDH570CD6TXFFM99JBVS1P"]</example>
    public Optional<IReadOnlyList<string>?> Participants { get; init; }

    /// <summary>The URLs of files to attach. Existing attachments stay.</summary>
    /// <example>["https://files.acme.com/q3/review.pdf"]</example>
    public Optional<IReadOnlyList<string>?> AttachmentUrls { get; init; }

    /// <summary>Your own data, a JSON object. Replaces the stored object.</summary>
    public Optional<RawJson?> Metadata { get; init; }
}

internal abstract class ActivityFieldsValidator<T> : AbstractValidator<T>
    where T : ActivityFields
{
    protected ActivityFieldsValidator()
    {
        RuleFor(activity => activity.Duration).InRange(0, int.MaxValue);
        RuleFor(activity => activity.Location).Name();
        RuleFor(activity => activity.Title).Name();
        RuleFor(activity => activity.Description).FreeText(RequestRules.DescriptionMaxLength);
        RuleFor(activity => activity.Participants).Items(RequestRules.FilterMaxItems);
        RuleForEach(activity => RequestRules.Within(activity.Participants.Value, RequestRules.FilterMaxItems))
            .Present()
            .OverridePropertyName("participants");
        RuleFor(activity => activity.AttachmentUrls).AttachmentUrls();
        RuleForEach(activity => RequestRules.Within(activity.AttachmentUrls.Value, AttachmentList.MaxCount))
            .AttachmentUrl()
            .OverridePropertyName("attachmentUrls");
        RuleFor(activity => activity.Metadata).Metadata();
    }
}

/// <summary>The activity to create.</summary>
public sealed record CreateActivityRequest : ActivityFields
{
    /// <summary>The ID of the account. It cannot be changed later.</summary>
    /// <example>01JGYPNP404WTJZMYZ0JWY0ZZK</example>
    public Optional<string?> AccountId { get; init; }
}

internal sealed class CreateActivityRequestValidator : ActivityFieldsValidator<CreateActivityRequest>
{
    public CreateActivityRequestValidator()
    {
        RuleFor(activity => activity.AccountId).Required();
        RuleFor(activity => activity.ActivityTimestamp).Required();
        RuleFor(activity => activity.Duration).Required();
        RuleFor(activity => activity.Location).Required();
    }
}

/// <summary>Changes to an activity. Absent fields stay unchanged; <c>null</c> clears a field. The account stays the same.</summary>
public sealed record UpdateActivityRequest : ActivityFields;

internal sealed class UpdateActivityRequestValidator : ActivityFieldsValidator<UpdateActivityRequest>
{
    public UpdateActivityRequestValidator()
    {
        RuleFor(activity => activity.ActivityTimestamp).NotCleared();
        RuleFor(activity => activity.Duration).NotCleared();
        RuleFor(activity => activity.Location).NotCleared();
        RuleFor(activity => activity.Type).NotCleared();
        RuleFor(activity => activity.Status).NotCleared();
    }
}
