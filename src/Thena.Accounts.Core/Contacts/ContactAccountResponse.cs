namespace Thena.Accounts.Core.Contacts;

/// <summary>An account that a contact belongs to.</summary>
public sealed record ContactAccountResponse
{
    /// <summary>The account's id.</summary>
    public required string Id { get; init; }

    /// <summary>The account's name.</summary>
    /// <example>Acme Corporation</example>
    public required string Name { get; init; }
}
