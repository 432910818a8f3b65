using FluentValidation;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Activities;

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
