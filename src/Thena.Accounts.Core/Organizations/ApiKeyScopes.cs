namespace Thena.Accounts.Core.Organizations;

/// <summary>The scopes of keys: what a key may do.</summary>
public static class ApiKeyScopes
{
    /// <summary>Allows reading everything in the organization.</summary>
    public const string Read = "read";

    /// <summary>Allows creating, changing and deleting.</summary>
    public const string Write = "write";

    /// <summary>All scopes. A key gets them by default.</summary>
    public static IReadOnlyList<string> All { get; } = [Read, Write];
}
