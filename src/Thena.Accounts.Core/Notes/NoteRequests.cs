using FluentValidation;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Notes;

/// <summary>The fields of a note that clients can set (contract: Note).</summary>
public abstract record NoteFields
{
    /// <summary>The text of the note.</summary>
    /// <example>Wants an offer for 50 more seats by Friday.</example>
    public Optional<string?> Content { get; init; }

    /// <summary>The type: the ID or value of a <c>note_type</c>.</summary>
    /// <example>GENERAL</example>
    public Optional<string?> Type { get; init; }

    /// <summary>The visibility, ignoring case. Only the author's API keys can see a <c>private</c> note.</summary>
    /// <example>public</example>
    public Optional<string?> Visibility { get; init; }

    /// <summary>The URLs of files to attach. Existing attachments stay.</summary>
    /// <example>["https://files.acme.com/offers/seats.pdf"]</example>
    public Optional<IReadOnlyList<string>?> AttachmentUrls { get; init; }

    /// <summary>Your own data, a JSON object. Replaces the stored object.</summary>
    public Optional<RawJson?> Metadata { get; init; }
}

internal abstract class NoteFieldsValidator<T> : AbstractValidator<T>
    where T : NoteFields
{
    protected NoteFieldsValidator()
    {
        RuleFor(note => note.Content).FreeText(RequestRules.DescriptionMaxLength);
        RuleFor(note => note.Visibility).OneOf(NoteVisibility.All, StringComparer.OrdinalIgnoreCase);
        RuleFor(note => note.AttachmentUrls).AttachmentUrls();
        RuleForEach(note => RequestRules.Within(note.AttachmentUrls.Value, AttachmentList.MaxCount))
            .AttachmentUrl()
            .OverridePropertyName("attachmentUrls");
        RuleFor(note => note.Metadata).Metadata();
    }
}

/// <summary>The note to create.</summary>
public sealed record CreateNoteRequest : NoteFields
{
    /// <summary>The ID of the account. It cannot be changed later.</summary>
    /// <example>01JGYPNP404WTJZMYZ0JWY0ZZK</example>
    public Optional<string?> AccountId { get; init; }
}

internal sealed class CreateNoteRequestValidator : NoteFieldsValidator<CreateNoteRequest>
{
    public CreateNoteRequestValidator()
    {
        RuleFor(note => note.AccountId).Required();
        RuleFor(note => note.Content).Required();
    }
}

/// <summary>
/// Changes to a note. Absent fields stay unchanged; <c>null</c> clears a field. The account and the author stay the same.
/// </summary>
public sealed record UpdateNoteRequest : NoteFields;

internal sealed class UpdateNoteRequestValidator : NoteFieldsValidator<UpdateNoteRequest>
{
    public UpdateNoteRequestValidator()
    {
        RuleFor(note => note.Content).NotCleared();
        RuleFor(note => note.Type).NotCleared();
        RuleFor(note => note.Visibility).NotCleared();
    }
}
