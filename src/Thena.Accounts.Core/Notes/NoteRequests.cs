using FluentValidation;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Notes;

/// <summary>What can be said of a note when it is created and when it is changed (contract: Note).</summary>
public abstract record NoteFields
{
    /// <summary>The text.</summary>
    /// <example>Wants an offer for 50 more seats by Friday.</example>
    public Optional<string?> Content { get; init; }

    /// <summary>What sort of note it is: id or value of a <c>note_type</c>.</summary>
    /// <example>GENERAL</example>
    public Optional<string?> Type { get; init; }

    /// <summary>Who sees it, in any case: a <c>private</c> note exists for keys of its author alone.</summary>
    /// <example>public</example>
    public Optional<string?> Visibility { get; init; }

    /// <summary>URLs to attach; what is attached already stays.</summary>
    /// <example>["https://files.acme.com/offers/seats.pdf"]</example>
    public Optional<IReadOnlyList<string>?> AttachmentUrls { get; init; }

    /// <summary>The client's own data; it replaces what was there.</summary>
    public Optional<RawJson?> Metadata { get; init; }
}

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

/// <summary>A new note.</summary>
public sealed record CreateNoteRequest : NoteFields
{
    /// <summary>The account; it cannot be changed later.</summary>
    /// <example>01JZ6F9T3N4S8W5V7X2Y1A0BCD</example>
    public Optional<string?> AccountId { get; init; }
}

/// <summary>The form of <see cref="CreateNoteRequest"/>.</summary>
public sealed class CreateNoteRequestValidator : NoteFieldsValidator<CreateNoteRequest>
{
    /// <summary>Sets the rules.</summary>
    public CreateNoteRequestValidator()
    {
        RuleFor(note => note.AccountId).Required();
        RuleFor(note => note.Content).Required();
    }
}

/// <summary>Changes to a note: absent members stay as they are, <c>null</c> clears. Its account and its author stay.</summary>
public sealed record UpdateNoteRequest : NoteFields;

/// <summary>The form of <see cref="UpdateNoteRequest"/>.</summary>
public sealed class UpdateNoteRequestValidator : NoteFieldsValidator<UpdateNoteRequest>
{
    /// <summary>Sets the rules.</summary>
    public UpdateNoteRequestValidator()
    {
        RuleFor(note => note.Content).NotCleared();
        RuleFor(note => note.Type).NotCleared();
        RuleFor(note => note.Visibility).NotCleared();
    }
}
