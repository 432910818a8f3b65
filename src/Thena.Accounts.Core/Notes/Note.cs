using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Core.Notes;

/// <summary>A text that a user wrote about an account (contract: Note).</summary>
public sealed class Note : TenantEntity, IAttachable
{
    /// <summary>The ID of the account.</summary>
    public Ulid AccountId { get; init; }

    /// <summary>The account.</summary>
    public Account? Account { get; private set; }

    /// <summary>The name of the account.</summary>
    [Shown(nameof(Account), nameof(Accounts.Account.Name))]
    public string AccountName { get; set; } = "";

    /// <summary>The text, as it was written.</summary>
    public required string Content { get; set; }

    /// <summary>The ID of the type.</summary>
    public Ulid TypeId { get; set; }

    /// <summary>The type.</summary>
    public AttributeValue? Type { get; private set; }

    /// <summary>The visibility, see <see cref="NoteVisibility"/>.</summary>
    public string Visibility { get; set; } = NoteVisibility.Public;

    /// <summary>The ID of the user whose API key created the note.</summary>
    public Ulid AuthorId { get; init; }

    /// <summary>The user whose API key created the note.</summary>
    public User? Author { get; private set; }

    /// <inheritdoc/>
    public AttachmentList Attachments { get; set; } = AttachmentList.Empty;

    /// <summary>The client's own data, a JSON object.</summary>
    public RawJson Metadata { get; set; } = RawJson.EmptyObject;
}

internal sealed class NoteConfiguration : IEntityTypeConfiguration<Note>
{
    public void Configure(EntityTypeBuilder<Note> builder)
    {
        builder.ToTable("notes");
        builder.HasRecordKey();
        builder.HasReference(
            note => note.Account,
            note => new { note.OrganizationId, note.AccountId });
        builder.HasReference(note => note.Type, note => new { note.OrganizationId, note.TypeId });
        builder.HasOne(note => note.Author).WithMany()
            .HasForeignKey(note => new { note.OrganizationId, note.AuthorId }).OnDelete(DeleteBehavior.Restrict);
    }
}
