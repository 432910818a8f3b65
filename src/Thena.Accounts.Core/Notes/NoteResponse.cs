using System.Linq.Expressions;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Notes;

/// <summary>A note.</summary>
public sealed record NoteResponse
{
    /// <summary>The note's id.</summary>
    public required string Id { get; init; }

    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account's name.</summary>
    /// <example>Acme Corporation</example>
    public required string Account { get; init; }

    /// <summary>The text.</summary>
    /// <example>Wants an offer for 50 more seats by Friday.</example>
    public required string Content { get; init; }

    /// <summary>What sort of note it is.</summary>
    /// <example>GENERAL</example>
    public required string Type { get; init; }

    /// <summary>Id of its type.</summary>
    public required string TypeId { get; init; }

    /// <summary>How the type is shown.</summary>
    public required AttributeDisplay TypeConfiguration { get; init; }

    /// <summary>Who sees it: <c>public</c>, <c>private</c> or <c>team</c>.</summary>
    /// <example>public</example>
    public required string Visibility { get; init; }

    /// <summary>Its attachments, in order of attaching.</summary>
    public required IReadOnlyList<AttachmentResponse> Attachments { get; init; }

    /// <summary>The name of the user whose key wrote it.</summary>
    public required string Author { get; init; }

    /// <summary>The id of that user.</summary>
    public required string AuthorId { get; init; }

    /// <summary>The e-mail address of that user.</summary>
    public required string AuthorEmail { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The client's own data.</summary>
    public required RawJson Metadata { get; init; }

    internal static Expression<Func<Note, NoteResponse>> Projection { get; } = note => new NoteResponse
    {
        Id = WireFormat.Id(note.Id),
        AccountId = WireFormat.Id(note.AccountId),
        Account = note.Account!.Name,
        Content = note.Content,
        Type = note.Type!.Value,
        TypeId = WireFormat.Id(note.TypeId),
        TypeConfiguration = new AttributeDisplay { Icon = note.Type.Icon, Color = note.Type.Color, IsClosed = note.Type.IsClosed },
        Visibility = note.Visibility,
        Attachments = note.Attachments.ToResponse(),
        Author = note.Author!.Name,
        AuthorId = WireFormat.Id(note.AuthorId),
        AuthorEmail = note.Author.Email,
        CreatedAt = note.CreatedAt,
        UpdatedAt = note.UpdatedAt,
        Metadata = note.Metadata,
    };
}
