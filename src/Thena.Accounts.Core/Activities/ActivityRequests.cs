using FluentValidation;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Activities;

/// <summary>What can be said of an activity when it is created and when it is changed (contract: Activity).</summary>
public abstract record ActivityFields
{
    /// <summary>When it happens or happened, an ISO 8601 instant.</summary>
    /// <example>2023-12-07T10:30:00.000Z</example>
    public Optional<DateTimeOffset?> ActivityTimestamp { get; init; }

    /// <summary>How long, in minutes.</summary>
    /// <example>45</example>
    public Optional<int?> Duration { get; init; }

    /// <summary>Where.</summary>
    /// <example>Zoom</example>
    public Optional<string?> Location { get; init; }

    /// <summary>What to call it.</summary>
    /// <example>Quarterly review</example>
    public Optional<string?> Title { get; init; }

    /// <summary>What there is to say about it.</summary>
    /// <example>Numbers of the third quarter, plans for the fourth.</example>
    public Optional<string?> Description { get; init; }

    /// <summary>What sort of activity it is: id or value of an <c>activity_type</c>.</summary>
    /// <example>CALL</example>
    public Optional<string?> Type { get; init; }

    /// <summary>How far it is: id or value of an <c>activity_status</c>.</summary>
    /// <example>PENDING</example>
    public Optional<string?> Status { get; init; }

    /// <summary>Ids of the users who take part; on an update they replace those before.</summary>
    public Optional<IReadOnlyList<string>?> Participants { get; init; }

    /// <summary>URLs to attach; what is attached already stays.</summary>
    /// <example>["https://files.acme.com/q3/review.pdf"]</example>
    public Optional<IReadOnlyList<string>?> AttachmentUrls { get; init; }

    /// <summary>The client's own data; it replaces what was there.</summary>
    public Optional<RawJson?> Metadata { get; init; }
}

/// <summary>The form of what create and update of activities share.</summary>
public abstract class ActivityFieldsValidator<T> : AbstractValidator<T>
    where T : ActivityFields
{
    /// <summary>Sets the rules.</summary>
    protected ActivityFieldsValidator()
    {
        RuleFor(activity => activity.Duration).InRange(0, int.MaxValue);
        RuleFor(activity => activity.Location).Name();
        RuleFor(activity => activity.Title).Name();
        RuleFor(activity => activity.Description).FreeText(RequestRules.DescriptionMaxLength);
        RuleFor(activity => activity.Participants).Items(RequestRules.FilterMaxItems);
        RuleForEach(activity => RequestRules.Within(activity.Participants.Value, RequestRules.FilterMaxItems)).Present().OverridePropertyName("participants");
        RuleFor(activity => activity.AttachmentUrls).AttachmentUrls();
        RuleForEach(activity => RequestRules.Within(activity.AttachmentUrls.Value, AttachmentList.MaxCount)).AttachmentUrl().OverridePropertyName("attachmentUrls");
        RuleFor(activity => activity.Metadata).Metadata();
    }
}

/// <summary>A new activity.</summary>
public sealed record CreateActivityRequest : ActivityFields
{
    /// <summary>The account; it cannot be changed later.</summary>
    /// <example>01JZ6F9T3N4S8W5V7X2Y1A0BCD</example>
    public Optional<string?> AccountId { get; init; }
}

/// <summary>The form of <see cref="CreateActivityRequest"/>.</summary>
public sealed class CreateActivityRequestValidator : ActivityFieldsValidator<CreateActivityRequest>
{
    /// <summary>Sets the rules.</summary>
    public CreateActivityRequestValidator()
    {
        RuleFor(activity => activity.AccountId).Required();
        RuleFor(activity => activity.ActivityTimestamp).Required();
        RuleFor(activity => activity.Duration).Required();
        RuleFor(activity => activity.Location).Required();
    }
}

/// <summary>Changes to an activity: absent members stay as they are, <c>null</c> clears. Its account stays.</summary>
public sealed record UpdateActivityRequest : ActivityFields;

/// <summary>The form of <see cref="UpdateActivityRequest"/>.</summary>
public sealed class UpdateActivityRequestValidator : ActivityFieldsValidator<UpdateActivityRequest>
{
    /// <summary>Sets the rules.</summary>
    public UpdateActivityRequestValidator()
    {
        RuleFor(activity => activity.ActivityTimestamp).NotCleared();
        RuleFor(activity => activity.Duration).NotCleared();
        RuleFor(activity => activity.Location).NotCleared();
        RuleFor(activity => activity.Type).NotCleared();
        RuleFor(activity => activity.Status).NotCleared();
    }
}
