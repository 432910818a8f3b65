using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Deletion;
using Thena.Accounts.Core.Kinds;

namespace Thena.Accounts.Core.Notes;

/// <summary>Notes, for what handles all kinds of records.</summary>
public sealed class NoteKind : RecordKind<Note, NoteResponse>
{
    /// <summary>The name of the kind.</summary>
    public const string Plural = "notes";

    /// <summary>Creates the descriptor.</summary>
    public NoteKind()
        : base(Plural, "v1/accounts/notes", NoteJson.Default, NoteResponse.From)
    {
        EventName = "account-note";
        PayloadName = "note";
        NotFound = NoteService.NotFound;
        Requests = new RecordRequests<NoteService, CreateNoteRequest, UpdateNoteRequest, NoteResponse>(
            (notes, request, cancellationToken) => notes.CreateAsync(request, cancellationToken),
            (notes, id, request, cancellationToken) => notes.UpdateAsync(id, request, cancellationToken));
        VisibleTo = NoteService.VisibleTo;
        OnlyVisibleTo = note => note.Visibility == NoteVisibility.Private ? note.AuthorId : null;
        Examples = new RecordExamples { Change = """{"content": "Has signed for 50 more seats.", "visibility": "team"}""" };
    }

    /// <inheritdoc/>
    public override void Register(IServiceCollection services)
    {
        services.AddScoped<NoteService>();
        services.AddUse<Note>(AttributeKind.NoteType, nameof(Note.TypeId));
        services.AddSingleton<IDependents<Account>, AccountNoteDependents>();
    }

    /// <inheritdoc/>
    public override void Describe(IRecordMembers members)
    {
        members.Record("accountId", AccountKind.Plural);
        members.Author("authorId", "authorEmail", "author");
        members.PickListValues("type");
        members.Attachments();
    }
}
