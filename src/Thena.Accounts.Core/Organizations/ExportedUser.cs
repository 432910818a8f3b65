using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Organizations;

/// <summary>A user, as files contain it.</summary>
public sealed record ExportedUser
{
    /// <summary>The user's ID.</summary>
    public required string Id { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The email address.</summary>
    public required string Email { get; init; }

    /// <summary>The URL of the avatar.</summary>
    public required string? AvatarUrl { get; init; }

    /// <summary>The time at which the user was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Makes the row from a user.</summary>
    internal static ExportedUser From(User user) => new()
    {
        Id = WireFormat.Id(user.Id),
        Name = user.Name,
        Email = user.Email,
        AvatarUrl = user.AvatarUrl,
        CreatedAt = user.CreatedAt,
    };
}
