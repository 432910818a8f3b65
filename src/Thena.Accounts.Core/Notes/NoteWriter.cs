using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Notes;

/// <summary>Puts requests on notes.</summary>
internal static class NoteWriter
{
    /// <summary>Applies a request to a note.</summary>
    /// <returns>The error that refuses the request, if there is one.</returns>
    public static Error? Apply(Note note, NoteFields request, Unit unit)
    {
        note.Content = request.Content.Value ?? note.Content;
        note.Visibility = StringNormalization.TrimToNull(request.Visibility.Value)?.ToLowerInvariant() ?? note.Visibility;
        note.Metadata = note.Metadata.After(request.Metadata);
        if (note.Attach(request.AttachmentUrls, unit.Stamp.Ids) is { } tooMany)
        {
            return tooMany;
        }

        var missing = unit.References.ChooseValue(AttributeKind.NoteType, request.Type, note.TypeId, out var typeId);
        note.TypeId = typeId;
        return missing;
    }
}
