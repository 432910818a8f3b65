using Microsoft.AspNetCore.Mvc;
using Thena.Accounts.Api.Binding;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.OpenApi;
using Thena.Accounts.Core;
using Thena.Accounts.Core.History;
using Thena.Accounts.Core.Notes;

namespace Thena.Accounts.Api.Notes;

/// <summary>The six note operations.</summary>
[ApiController]
[Route("v1/accounts/notes")]
[Section("Notes", 80, Description = "Notes about an account.")]
public sealed class NotesController(NoteService notes, HistoryService history) : ControllerBase
{
    private const string IdRequired = "Note ID is required!";
    private const string IdName = "noteId";

    /// <summary>Fetches all account notes by account ID or by note ID</summary>
    /// <remarks>Sorted from newest to oldest. Other users' private notes are left out.</remarks>
    [HttpGet]
    [ProducesJson<IReadOnlyList<NoteResponse>>(200), ProducesErrors(400)]
    public async Task<ActionResult<IReadOnlyList<NoteResponse>>> GetAllNotes(
        [FromQuery] ListNotesQuery query, CancellationToken cancellationToken) =>
        (await notes.ListAsync(query, cancellationToken)).ToList(query, HttpContext);

    /// <summary>Creates an account note</summary>
    /// <remarks>The user of the key becomes the author.</remarks>
    [HttpPost]
    [ProducesJson<NoteResponse>(201), ProducesErrors(400, 404, 413, 415)]
    public async Task<ActionResult<NoteResponse>> CreateNote(CreateNoteRequest request, CancellationToken cancellationToken) =>
        (await notes.CreateAsync(request, cancellationToken)).ToCreated();

    /// <summary>Get note details</summary>
    /// <remarks>Another user's private note is a 404.</remarks>
    [HttpGet("{noteId}")]
    [Extension, Tags(ApiTags.Details)]
    [RequiredId(IdRequired, IdName)]
    [ProducesJson<NoteResponse>(200), ProducesErrors(400, 404)]
    public async Task<ActionResult<NoteResponse>> GetNoteDetails(
        Ulid noteId, [At] DateTimeOffset? at, CancellationToken cancellationToken) => (await history.GetAsync(
            NoteKind.Plural, noteId, at, () => notes.GetAsync(noteId, cancellationToken), cancellationToken)).ToOk();

    /// <summary>Updates an account note</summary>
    /// <remarks><c>attachmentUrls</c> adds attachments. Another user's private note is a 404.</remarks>
    [HttpPut("{noteId}")]
    [RequiredId(IdRequired, IdName)]
    [ProducesJson<NoteResponse>(200), ProducesErrors(400, 404, 413, 415)]
    public async Task<ActionResult<NoteResponse>> UpdateNote(Ulid noteId, UpdateNoteRequest request, CancellationToken cancellationToken) =>
        (await notes.UpdateAsync(noteId, request, cancellationToken)).ToOk();

    /// <summary>Deletes an account note</summary>
    /// <remarks>Another user's private note is a 404.</remarks>
    [HttpDelete("{noteId}")]
    [RequiredId(IdRequired, IdName)]
    [ProducesResponseType(200), ProducesErrors(400, 404)]
    public async Task<ActionResult> DeleteNote(Ulid noteId, CancellationToken cancellationToken) =>
        (await notes.DeleteAsync(noteId, cancellationToken)).ToEmpty();

    /// <summary>Removes an attachment from an account note</summary>
    /// <remarks>The file itself is not deleted.</remarks>
    [HttpDelete("{noteId}/attachments/{attachmentId}")]
    [RequiredId(IdRequired, IdName)]
    [ProducesResponseType(200), ProducesErrors(400, 404)]
    public async Task<ActionResult> RemoveNoteAttachment(Ulid noteId, Ulid attachmentId, CancellationToken cancellationToken) =>
        (await notes.RemoveAttachmentAsync(noteId, attachmentId, cancellationToken)).ToEmpty();
}
