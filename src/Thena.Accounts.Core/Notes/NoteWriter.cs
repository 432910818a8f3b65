using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Core.Notes;

/// <summary>Applies requests to notes: type, visibility and attachments. Reads everything they refer to in one round trip.</summary>
internal sealed class NoteWriter
{
    private readonly AttributeLookup _types;

    /// <summary>Adds the query to a batch.</summary>
    public NoteWriter(QueryBatch batch, AccountsDbContext context, NoteFields request, bool creates) =>
        _types = new AttributeLookup(batch, context, [AttributeKind.NoteType], [request.Type.Value], creates);

    /// <summary>Applies a request to a note.</summary>
    /// <returns>The error that refuses the request, if there is one.</returns>
    public Error? Apply(Note note, NoteFields request, IdGenerator ids)
    {
        note.Content = request.Content.Value ?? note.Content;
        note.Visibility = StringNormalization.TrimToNull(request.Visibility.Value)?.ToLowerInvariant() ?? note.Visibility;
        note.Metadata = note.Metadata.After(request.Metadata);
        if (note.Attach(request.AttachmentUrls, ids) is { } tooMany)
        {
            return tooMany;
        }

        var missing = _types.Choose(AttributeKind.NoteType, request.Type, note.TypeId, out var typeId);
        note.TypeId = typeId;
        return missing;
    }
}
