using FluentValidation;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Tasks;

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
