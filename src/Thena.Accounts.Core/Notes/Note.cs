using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Notes;

/// <summary>What someone wrote down about an account (contract: Note).</summary>
public sealed class Note : TenantEntity, IAttachable
{
    /// <summary>The account.</summary>
    public Ulid AccountId { get; init; }

    /// <summary>See <see cref="AccountId"/>.</summary>
    public Account? Account { get; private set; }

    /// <summary>The text, as it was written.</summary>
    public required string Content { get; set; }

    /// <summary>What sort of note it is.</summary>
    public Ulid TypeId { get; set; }

    /// <summary>See <see cref="TypeId"/>.</summary>
    public AttributeValue? Type { get; private set; }

    /// <summary>Who sees it, see <see cref="NoteVisibility"/>.</summary>
    public string Visibility { get; set; } = NoteVisibility.Public;

    /// <summary>The user whose key wrote it.</summary>
    public Ulid AuthorId { get; init; }

    /// <summary>See <see cref="AuthorId"/>.</summary>
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
            note => new { note.OrganizationId, note.AccountId },
            note => new { note.OrganizationId, note.AccountId, note.Id });
        builder.HasReference(note => note.Type, note => new { note.OrganizationId, note.TypeId });
        builder.HasReference(note => note.Author, note => new { note.OrganizationId, note.AuthorId });
    }
}

/// <summary>Who sees a note.</summary>
public static class NoteVisibility
{
    /// <summary>Everybody of the organization.</summary>
    public const string Public = "public";

    /// <summary>Keys of its author alone.</summary>
    public const string Private = "private";

    /// <summary>The author's team; as there are no teams, everybody of the organization.</summary>
    public const string Team = "team";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Public, Private, Team];
}
