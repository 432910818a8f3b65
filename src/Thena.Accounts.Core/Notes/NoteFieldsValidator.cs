using FluentValidation;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Notes;

/// <summary>The form of what create and update of notes share.</summary>
public abstract class NoteFieldsValidator<T> : AbstractValidator<T>
    where T : NoteFields
{
    /// <summary>Sets the rules.</summary>
    protected NoteFieldsValidator()
    {
        RuleFor(note => note.Content).FreeText(RequestRules.DescriptionMaxLength);
        RuleFor(note => note.Visibility).OneOf(NoteVisibility.All, StringComparer.OrdinalIgnoreCase);
        RuleFor(note => note.AttachmentUrls).AttachmentUrls();
        RuleForEach(note => RequestRules.Within(note.AttachmentUrls.Value, AttachmentList.MaxCount)).AttachmentUrl().OverridePropertyName("attachmentUrls");
        RuleFor(note => note.Metadata).Metadata();
    }
}
