using Microsoft.AspNetCore.Mvc;
using Thena.Accounts.Api.Binding;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.OpenApi;
using Thena.Accounts.Core;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Activities;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.History;
using Thena.Accounts.Core.Notes;
using Thena.Accounts.Core.Relationships;
using Thena.Accounts.Core.Tasks;

namespace Thena.Accounts.Api.History;

/// <summary>The history of records.</summary>
[ApiController]
[Route("v1/accounts")]
[Section(
    "History",
    120,
    Description = "Who changed what in a record, and when. The details of a record take `at`, to show it as it was at that time.")]
[Extension]
public sealed class HistoryController(HistoryService history) : ControllerBase
{
    /// <summary>List the changes of an account</summary>
    /// <remarks>
    /// Newest first. The history stays when the account is deleted. With <c>related</c>, it includes the changes of the records that belong
    /// to the account.
    /// </remarks>
    [HttpGet("{id}/history")]
    [ProducesJson<IReadOnlyList<HistoryEntryResponse>>(200), ProducesErrors(400, 404)]
    public async Task<ActionResult<IReadOnlyList<HistoryEntryResponse>>> GetAccountHistory(
        Ulid id, [FromQuery] ListAccountHistoryQuery query, CancellationToken cancellationToken) =>
        (await history.ListAsync(AccountKind.Plural, id, query, cancellationToken)).ToOk();

    /// <summary>List the changes of a contact</summary>
    /// <remarks>Newest first. The history stays when the contact is deleted.</remarks>
    [HttpGet("contacts/{contactId}/history")]
    [ProducesJson<IReadOnlyList<HistoryEntryResponse>>(200), ProducesErrors(400, 404)]
    public async Task<ActionResult<IReadOnlyList<HistoryEntryResponse>>> GetContactHistory(
        Ulid contactId, [FromQuery] ListHistoryQuery query, CancellationToken cancellationToken) =>
        (await history.ListAsync(ContactKind.Plural, contactId, query, cancellationToken)).ToOk();

    /// <summary>List the changes of a relationship</summary>
    /// <remarks>Newest first. The history stays when the relationship is deleted.</remarks>
    [HttpGet("relationships/{id}/history")]
    [ProducesJson<IReadOnlyList<HistoryEntryResponse>>(200), ProducesErrors(400, 404)]
    public async Task<ActionResult<IReadOnlyList<HistoryEntryResponse>>> GetRelationshipHistory(
        Ulid id, [FromQuery] ListHistoryQuery query, CancellationToken cancellationToken) =>
        (await history.ListAsync(RelationshipKind.Plural, id, query, cancellationToken)).ToOk();

    /// <summary>List the changes of an activity</summary>
    /// <remarks>Newest first. The history stays when the activity is deleted.</remarks>
    [HttpGet("activities/{activityId}/history")]
    [ProducesJson<IReadOnlyList<HistoryEntryResponse>>(200), ProducesErrors(400, 404)]
    public async Task<ActionResult<IReadOnlyList<HistoryEntryResponse>>> GetActivityHistory(
        Ulid activityId, [FromQuery] ListHistoryQuery query, CancellationToken cancellationToken) =>
        (await history.ListAsync(ActivityKind.Plural, activityId, query, cancellationToken)).ToOk();

    /// <summary>List the changes of a note</summary>
    /// <remarks>Newest first. The history stays when the note is deleted. Only its author sees the history of a private note.</remarks>
    [HttpGet("notes/{noteId}/history")]
    [ProducesJson<IReadOnlyList<HistoryEntryResponse>>(200), ProducesErrors(400, 404)]
    public async Task<ActionResult<IReadOnlyList<HistoryEntryResponse>>> GetNoteHistory(
        Ulid noteId, [FromQuery] ListHistoryQuery query, CancellationToken cancellationToken) =>
        (await history.ListAsync(NoteKind.Plural, noteId, query, cancellationToken)).ToOk();

    /// <summary>List the changes of a task</summary>
    /// <remarks>Newest first. The history stays when the task is deleted.</remarks>
    [HttpGet("tasks/{taskId}/history")]
    [ProducesJson<IReadOnlyList<HistoryEntryResponse>>(200), ProducesErrors(400, 404)]
    public async Task<ActionResult<IReadOnlyList<HistoryEntryResponse>>> GetTaskHistory(
        Ulid taskId, [FromQuery] ListHistoryQuery query, CancellationToken cancellationToken) =>
        (await history.ListAsync(TaskKind.Plural, taskId, query, cancellationToken)).ToOk();

    /// <summary>Erase a contact</summary>
    /// <remarks>
    /// For the right to be forgotten. Removes the record of the contact, its values in the history and in events, and the stored responses
    /// that contain it. The contact may have been deleted before. The event <c>customer-contact:erased</c> has only its ID. This cannot be
    /// undone.
    /// </remarks>
    [HttpPost("contacts/{contactId}/erase")]
    [RequiredId("Contact ID is required!", "contactId")]
    [ProducesResponseType(200), ProducesErrors(400, 404)]
    public async Task<ActionResult> EraseContact(
        Ulid contactId, [FromServices] ContactErasure erasure, CancellationToken cancellationToken) =>
        (await erasure.EraseAsync(contactId, cancellationToken)).ToEmpty();
}
