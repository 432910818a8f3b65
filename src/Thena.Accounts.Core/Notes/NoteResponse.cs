using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.ReferenceData;

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

    /// <summary>Makes the response from a note.</summary>
    internal static NoteResponse From(Note note, References references)
    {
        var type = AttributeReference.From(references, note.TypeId);
        var author = UserReference.From(references, note.AuthorId);
        return new NoteResponse
        {
            Id = WireFormat.Id(note.Id),
            AccountId = WireFormat.Id(note.AccountId),
            Account = note.AccountName,
            Content = note.Content,
            Type = type.Value,
            TypeId = type.Id,
            TypeConfiguration = type.Display,
            Visibility = note.Visibility,
            Attachments = AttachmentResponse.From(note),
            Author = author.Name ?? "",
            AuthorId = WireFormat.Id(note.AuthorId),
            AuthorEmail = author.Email ?? "",
            CreatedAt = note.CreatedAt,
            UpdatedAt = note.UpdatedAt,
            Metadata = note.Metadata,
        };
    }
}
