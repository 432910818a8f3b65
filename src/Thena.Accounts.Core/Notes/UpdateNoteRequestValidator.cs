using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Notes;

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
