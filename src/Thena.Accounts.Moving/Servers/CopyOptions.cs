namespace Thena.Accounts.Moving.Servers;

/// <summary>How records are copied to another server.</summary>
internal sealed record CopyOptions
{
    /// <summary>Whether nothing is written.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether records are copied without users that cannot be found. Otherwise such records are refused.</summary>
    public bool WithoutUsers { get; init; }

    /// <summary>The IDs of users on the other server, by their email addresses or by their IDs on the first one.</summary>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>();
}
