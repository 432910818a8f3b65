using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Ingest;

/// <summary>The contacts of the ingested users.</summary>
public sealed record IngestUsersResponse
{
    /// <summary>Always 200.</summary>
    /// <example>200</example>
    public required int StatusCode { get; init; }

    /// <summary>The result, as a sentence.</summary>
    /// <example>Users ingested successfully!</example>
    public required string Message { get; init; }

    /// <summary>One contact for each distinct email address, in the order given.</summary>
    public required IReadOnlyList<IngestedUserResponse> Data { get; init; }
}

/// <summary>The contact of an ingested user.</summary>
public sealed record IngestedUserResponse
{
    /// <summary>The contact's ID.</summary>
    public required string Uid { get; init; }

    /// <summary>The first name.</summary>
    /// <example>John</example>
    public required string FirstName { get; init; }

    /// <summary>The last name, <c>""</c> when unset.</summary>
    /// <example>Doe</example>
    public required string LastName { get; init; }

    /// <summary>The email address.</summary>
    /// <example>john.doe@example.com</example>
    public required string Email { get; init; }

    /// <summary>The phone number, <c>""</c> when unset.</summary>
    /// <example>+1 (555) 123-4567</example>
    public required string PhoneNumber { get; init; }

    /// <summary>The URL of the avatar, <c>""</c> when unset.</summary>
    /// <example>https://example.com/john.png</example>
    public required string AvatarUrl { get; init; }

    /// <summary>The contact type.</summary>
    /// <example>PRIMARY</example>
    public required string ContactType { get; init; }

    /// <summary>The time at which the contact was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time of the last change.</summary>
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
