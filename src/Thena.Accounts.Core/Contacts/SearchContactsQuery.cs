namespace Thena.Accounts.Core.Contacts;

/// <summary>Which contact to find.</summary>
public sealed record SearchContactsQuery
{
    /// <summary>The whole e-mail address, in any case.</summary>
    /// <example>john.doe@acme.com</example>
    public string? Email { get; init; }
}
