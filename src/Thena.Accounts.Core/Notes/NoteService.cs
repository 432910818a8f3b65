using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Core.Tenancy;
using Thena.Accounts.Core.Time;

namespace Thena.Accounts.Core.Notes;

/// <summary>Manages the notes on accounts (contract: Notes). To the caller, another user's private note does not exist.</summary>
public sealed class NoteService(
    AccountsDbContext context,
    RecordReads reads,
    WriteTransaction write,
    CurrentOrganization organization,
    IdGenerator ids,
    TimeProvider time)
{
    private static readonly Error NotFound = Error.NotFound("Account note not found");

    /// <summary>Reads a page of the notes that match and that the caller may see, newest first.</summary>
    public Task<Result<Page<NoteResponse>>> ListAsync(ListNotesQuery query, CancellationToken cancellationToken) =>
        WhereVisibleTo(reads.From(NoteResponse.Shape), organization.Caller.UserId)
        .WithId("id", query.NoteId)
        .WithId("account_id", query.AccountId)
        .WithValue("type_id", AttributeKind.NoteType, query.Type)
        .ToPageAsync(query, ListOrder<NoteResponse>.Newest, row => row.Id, cancellationToken);

    /// <summary>Creates a note whose author is the caller.</summary>
    public Task<Result<NoteResponse>> CreateAsync(CreateNoteRequest request, CancellationToken cancellationToken) =>
        write.CreateAsync<Note, NoteResponse>(
            NoteResponse.Shape,
            async batch =>
            {
                var accountId = WireFormat.IdOrNone(request.AccountId.Value);
                var writer = new NoteWriter(batch, context, request, creates: true);
                var accounts = batch.Lock(context.Accounts.Where(account => account.Id == accountId), RowLock.Share);
                await batch.RunAsync(cancellationToken);
                if (accounts.Count == 0)
                {
                    return AccountService.NotFound;
                }

                var note = new Note { AccountId = accountId, Content = request.Content.Value!, AuthorId = organization.Caller.UserId };
                context.Stamp(note);
                return writer.Apply(note, request, ids) is { } error ? error : note;
            },
            cancellationToken);

    /// <summary>Updates a note.</summary>
    public Task<Result<NoteResponse>> UpdateAsync(Ulid id, UpdateNoteRequest request, CancellationToken cancellationToken) =>
        write.RunAsync<Note, NoteResponse>(
            NoteResponse.Shape,
            async () =>
            {
                var batch = new QueryBatch(context);
                var writer = new NoteWriter(batch, context, request, creates: false);
                var found = batch.Add(Visible(id), RowLock.Change);
                await batch.RunAsync(cancellationToken);
                if (found is not [var note])
                {
                    return NotFound;
                }

                return writer.Apply(note, request, ids) is { } error ? error : note;
            },
            cancellationToken);

    /// <summary>Deletes a note.</summary>
    public Task<Result> DeleteAsync(Ulid id, CancellationToken cancellationToken) =>
        write.DeleteAsync(Visible(id), NotFound, time.Now(), cancellationToken);

    /// <summary>Removes an attachment from a note.</summary>
    public Task<Result> RemoveAttachmentAsync(Ulid id, Ulid attachmentId, CancellationToken cancellationToken) =>
        write.RemoveAttachmentAsync(context, Visible(id), NotFound, attachmentId, cancellationToken);

    /// <summary>Selects the notes that the caller may see.</summary>
    private IQueryable<Note> Visible()
    {
        var reader = organization.Caller.UserId;
        return context.Notes.Where(note => note.Visibility != NoteVisibility.Private || note.AuthorId == reader);
    }

    /// <summary>Keeps the notes that a user may see.</summary>
    internal static RecordRead<TRow> WhereVisibleTo<TRow>(RecordRead<TRow> notes, Ulid userId) => notes.Where(
        $"(visibility <> {notes.Parameter(NoteVisibility.Private)} or author_id = {notes.Parameter(userId.ToGuid())})");

    private IQueryable<Note> Visible(Ulid id) => Visible().Where(note => note.Id == id);
}
