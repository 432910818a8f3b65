using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Core.Tenancy;
using Thena.Accounts.Core.Time;

namespace Thena.Accounts.Core.Notes;

/// <summary>What was written down about accounts (contract: Notes). Another user's private note is as one that does not exist.</summary>
public sealed class NoteService(AccountsDbContext context, CurrentOrganization organization, IdGenerator ids, TimeProvider time)
{
    private static readonly Error NotFound = Error.NotFound("Account note not found");

    /// <summary>A page of the notes that match and that the caller may see, newest first.</summary>
    public Task<Result<Page<NoteResponse>>> ListAsync(ListNotesQuery query, CancellationToken cancellationToken) => Visible()
        .WithId(query.NoteId, note => note.Id)
        .WithId(query.AccountId, note => note.AccountId)
        .WithValue(context, AttributeKind.NoteType, query.Type, note => note.TypeId)
        .ToPageAsync(query, ListOrder<Note, NoteResponse>.Newest, NoteResponse.Projection, row => row.Id, cancellationToken);

    /// <summary>Creates a note in the name of the caller.</summary>
    public async Task<Result<NoteResponse>> CreateAsync(CreateNoteRequest request, CancellationToken cancellationToken)
    {
        var accountId = WireFormat.IdOrNone(request.AccountId.Value);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var batch = new QueryBatch(context);
        var attributes = new AttributeLookup(batch, context, [AttributeKind.NoteType], [request.Type.Value]);
        var accounts = batch.Add(context.Accounts.Where(account => account.Id == accountId), RowLock.ForShare);
        await batch.RunAsync(cancellationToken);
        if (accounts.Count == 0)
        {
            return AccountService.NotFound;
        }

        var note = new Note { AccountId = accountId, Content = "", AuthorId = organization.Caller.UserId };
        context.Add(note);
        return Apply(note, request, attributes) is { } error
            ? error
            : await context.SaveAndCommitAsync(note, NoteResponse.Projection, cancellationToken);
    }

    /// <summary>Changes a note.</summary>
    public async Task<Result<NoteResponse>> UpdateAsync(string id, UpdateNoteRequest request, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var batch = new QueryBatch(context);
        var attributes = new AttributeLookup(batch, context, [AttributeKind.NoteType], [request.Type.Value]);
        var found = batch.Add(Visible(id), RowLock.ForUpdate);
        await batch.RunAsync(cancellationToken);
        if (found is not [var note])
        {
            return NotFound;
        }

        return Apply(note, request, attributes) is { } error
            ? error
            : await context.SaveAndCommitAsync(note, NoteResponse.Projection, cancellationToken);
    }

    /// <summary>Deletes a note.</summary>
    public async Task<Result> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.Now();
        return await Visible(id).SoftDeleteAsync(now, cancellationToken) > 0 ? Result.Done : NotFound;
    }

    /// <summary>Removes an attachment from a note.</summary>
    public Task<Result> RemoveAttachmentAsync(string id, string attachmentId, CancellationToken cancellationToken) =>
        context.RemoveAttachmentAsync(Visible(id), NotFound, attachmentId, cancellationToken);

    /// <summary>The notes that exist for the caller.</summary>
    private IQueryable<Note> Visible()
    {
        var reader = organization.Caller.UserId;
        return context.Notes.Where(note => note.Visibility != NoteVisibility.Private || note.AuthorId == reader);
    }

    private IQueryable<Note> Visible(string id)
    {
        var noteId = WireFormat.IdOrNone(id);
        return Visible().Where(note => note.Id == noteId);
    }

    private Error? Apply(Note note, NoteFields request, AttributeLookup attributes)
    {
        note.Content = request.Content.Value ?? note.Content;
        note.Visibility = StringNormalization.TrimToNull(request.Visibility.Value)?.ToLowerInvariant() ?? note.Visibility;
        note.Metadata = note.Metadata.After(request.Metadata);
        if (note.Attach(request.AttachmentUrls, ids) is { } tooMany)
        {
            return tooMany;
        }

        var missing = attributes.Choose(AttributeKind.NoteType, request.Type, note.TypeId, out var typeId);
        note.TypeId = typeId;
        return missing;
    }
}
