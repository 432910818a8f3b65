using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Notes;

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
