using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Ingest;

/// <summary>The contacts that the people have become.</summary>
public sealed record IngestUsersResponse
{
    /// <summary>Always 200.</summary>
    /// <example>200</example>
    public required int StatusCode { get; init; }

    /// <summary>What was done.</summary>
    /// <example>Users ingested successfully!</example>
    public required string Message { get; init; }

    /// <summary>One row a distinct address, in the order given.</summary>
    public required IReadOnlyList<IngestedUserResponse> Data { get; init; }
}

/// <summary>A contact, as ingest shows it.</summary>
public sealed record IngestedUserResponse
{
    /// <summary>The contact's id.</summary>
    public required string Uid { get; init; }

    /// <summary>The person's first name.</summary>
    public required string FirstName { get; init; }

    /// <summary>The person's last name.</summary>
    public required string LastName { get; init; }

    /// <summary>The e-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>The phone number.</summary>
    public required string PhoneNumber { get; init; }

    /// <summary>URL of the person's picture.</summary>
    public required string AvatarUrl { get; init; }

    /// <summary>What the person is to the customer.</summary>
    public required string ContactType { get; init; }

    /// <summary>When the contact was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    internal static IngestedUserResponse Of(Contact contact, string type) => new()
    {
        Uid = WireFormat.Id(contact.Id),
        FirstName = contact.FirstName,
        LastName = contact.LastName ?? "",
        Email = contact.Email,
        PhoneNumber = contact.PhoneNumber ?? "",
        AvatarUrl = contact.AvatarUrl ?? "",
        ContactType = type,
        CreatedAt = contact.CreatedAt,
        UpdatedAt = contact.UpdatedAt,
    };
}
