namespace Thena.Accounts.Core.Organizations;

/// <summary>What a key may do.</summary>
public static class ApiKeyScopes
{
    /// <summary>Read everything of the organization.</summary>
    public const string Read = "read";

    /// <summary>Create, change and delete.</summary>
    public const string Write = "write";

    /// <summary>All scopes, which a key has unless fewer are asked for.</summary>
    public static IReadOnlyList<string> All { get; } = [Read, Write];
}
