using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Organizations;

/// <summary>A person who works for an organization: owns accounts, writes notes, gets tasks; keys act in a user's name.</summary>
public sealed class User : Record
{
    /// <summary>The user's name.</summary>
    public required string Name { get; set; }

    /// <summary>The user's e-mail address, as it was written.</summary>
    public required string Email { get; set; }

    /// <summary>Where the user's picture is, if known.</summary>
    public string? AvatarUrl { get; set; }

    /// <summary>The address in lower case, by which it is unique in the organization.</summary>
    public string EmailKey
    {
        get => Common.Texts.Key(Email);
        private set => _ = value;
    }
}
