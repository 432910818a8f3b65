namespace Thena.Accounts.Moving.Copying;

/// <summary>How an import works.</summary>
public sealed record ImportOptions
{
    /// <summary>Whether nothing is written.</summary>
    public bool DryRun { get; init; }

    /// <summary>The email address of the user who stands for users that cannot be found.</summary>
    public string? DefaultUser { get; init; }
}
