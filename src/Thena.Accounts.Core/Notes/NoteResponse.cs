using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Notes;

/// <summary>A note.</summary>
public sealed record NoteResponse : IVersioned
{
    /// <summary>The note's ID.</summary>
    public required string Id { get; init; }

    /// <summary>The account's ID.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account's name.</summary>
    /// <example>Acme Corporation</example>
    public required string Account { get; init; }

    /// <summary>The text of the note.</summary>
    /// <example>Wants an offer for 50 more seats by Friday.</example>
    public required string Content { get; init; }

    /// <summary>The type.</summary>
    /// <example>GENERAL</example>
    public required string Type { get; init; }

    /// <summary>The ID of the type.</summary>
    public required string TypeId { get; init; }

    /// <summary>The display settings of the type.</summary>
    public required AttributeDisplay TypeConfiguration { get; init; }

    /// <summary>The visibility: <c>public</c>, <c>private</c> or <c>team</c>.</summary>
    /// <example>public</example>
    public required string Visibility { get; init; }

    /// <summary>The attachments, oldest first.</summary>
    public required IReadOnlyList<AttachmentResponse> Attachments { get; init; }

    /// <summary>The name of the user who wrote the note.</summary>
    public required string Author { get; init; }

    /// <summary>The author's ID.</summary>
    public required string AuthorId { get; init; }

    /// <summary>The author's email address.</summary>
    public required string AuthorEmail { get; init; }

    /// <summary>The time at which the note was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time of the last change.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Your own data.</summary>
    public required RawJson Metadata { get; init; }

    internal static RecordShape<NoteResponse> Shape { get; } = new(
        "notes",
        $"""
        r.id, r.account_id, account.name, r.content, {AttributeValueSql.Columns("type")}, r.visibility, r.attachments,
        author.name, r.author_id, author.email, r.created_at, r.updated_at, r.metadata
        """,
        $"""
        join accounts account on account.organization_id = $1 and account.id = r.account_id
        join users author on author.organization_id = $1 and author.id = r.author_id
        {AttributeValueSql.Join("type")}
        """,
        Read);

    private static NoteResponse Read(ColumnReader row)
    {
        var (id, accountId, account, content) = (row.Id(), row.Id(), row.Text(), row.Text());
        var type = AttributeReference.Read(row);
        return new NoteResponse
        {
            Id = id,
            AccountId = accountId,
            Account = account,
            Content = content,
            Type = type.Value,
            TypeId = type.Id,
            TypeConfiguration = type.Display,
            Visibility = row.Text(),
            Attachments = AttachmentResponse.Read(row),
            Author = row.Text(),
            AuthorId = row.Id(),
            AuthorEmail = row.Text(),
            CreatedAt = row.Time(),
            UpdatedAt = row.Time(),
            Metadata = row.Json(),
        };
    }
}
