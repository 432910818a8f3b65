using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Tenancy;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Notes;

/// <summary>Manages the notes on accounts (contract: Notes). To the caller, another user's private note does not exist.</summary>
public sealed class NoteService(Records records, Writes writes, CurrentOrganization organization)
{
    internal static readonly Error NotFound = Error.NotFound("Account note not found");

    /// <summary>Reads a page of the notes that match and that the caller may see, newest first.</summary>
    public Task<Result<Page<NoteResponse>>> ListAsync(ListNotesQuery query, CancellationToken cancellationToken) =>
        records.ToPageAsync(
            VisibleTo(Caller, records.Of<Note>())
                .WithId(nameof(Note.Id), query.NoteId)
                .WithId(nameof(Note.AccountId), query.AccountId)
                .WithValue(nameof(Note.TypeId), AttributeKind.NoteType, query.Type),
            query,
            ListOrder.Newest<Note>(),
            NoteResponse.From,
            cancellationToken);

    /// <summary>Gets a note.</summary>
    public Task<Result<NoteResponse>> GetAsync(Ulid id, CancellationToken cancellationToken) =>
        records.GetAsync(VisibleTo(Caller, records.Of<Note>()), id, NotFound, NoteResponse.From, cancellationToken);

    /// <summary>Creates a note whose author is the caller.</summary>
    public Task<Result<NoteResponse>> CreateAsync(CreateNoteRequest request, CancellationToken cancellationToken) =>
        writes.RunAsync<NoteResponse>(
            async unit =>
            {
                var accounts = new NamedAccounts(unit, request.AccountId.Value);
                await unit.SendAsync();
                if (accounts.Find(request.AccountId.Value) is not var (accountId, accountName))
                {
                    return AccountService.NotFound;
                }

                var note = unit.Stamp.New(new Note
                {
                    AccountId = accountId,
                    AccountName = accountName,
                    Content = request.Content.Value!,
                    AuthorId = Caller,
                });
                if (NoteWriter.Apply(note, request, unit) is { } refusal)
                {
                    return refusal;
                }

                unit.Insert(note);
                return NoteResponse.From(note, unit.References);
            },
            cancellationToken);

    /// <summary>Updates a note.</summary>
    public Task<Result<NoteResponse>> UpdateAsync(Ulid id, UpdateNoteRequest request, CancellationToken cancellationToken) =>
        writes.UpdateAsync(
            Visible, id, NotFound, unit => note => NoteWriter.Apply(note, request, unit), NoteResponse.From, cancellationToken);

    /// <summary>Deletes a note.</summary>
    public Task<Result> DeleteAsync(Ulid id, CancellationToken cancellationToken) =>
        writes.DeleteAsync(Visible, id, NotFound, cancellationToken);

    /// <summary>Removes an attachment from a note.</summary>
    public Task<Result> RemoveAttachmentAsync(Ulid id, Ulid attachmentId, CancellationToken cancellationToken) =>
        writes.RemoveAttachmentAsync(Visible, id, NotFound, attachmentId, cancellationToken);

    /// <summary>Keeps the notes that a user may see.</summary>
    internal static Query<Note> VisibleTo(Ulid userId, Query<Note> notes) =>
        notes.Where($"(r.visibility <> {NoteVisibility.Private} or r.author_id = {userId})");

    private Ulid Caller => organization.Caller.UserId;

    private Query<Note> Visible(Unit unit) => VisibleTo(Caller, unit.Of<Note>());
}
