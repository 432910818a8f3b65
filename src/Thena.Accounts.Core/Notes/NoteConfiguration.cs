using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Notes;

internal sealed class NoteConfiguration : IEntityTypeConfiguration<Note>
{
    public void Configure(EntityTypeBuilder<Note> builder)
    {
        builder.ToTable("notes");
        builder.HasRecordKey();
        builder.HasReference(
            note => note.Account,
            note => new { note.OrganizationId, note.AccountId },
            note => new { note.OrganizationId, note.AccountId, note.Id });
        builder.HasReference(note => note.Type, note => new { note.OrganizationId, note.TypeId });
        builder.HasReference(note => note.Author, note => new { note.OrganizationId, note.AuthorId });
    }
}
