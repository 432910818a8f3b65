namespace Thena.Accounts.Core.Kinds;

/// <summary>What records of a kind are known by beside their IDs. No two of them have the same.</summary>
/// <param name="Members">The members that are the key together.</param>
public sealed record RecordKey(params IReadOnlyList<string> Members)
{
    /// <summary>
    /// Whether the key is what the record is, as the name of a pick list value. A copy of a record that the source no longer has is then
    /// taken for the one that has its key now. Accounts and contacts are more: what belongs to one would be mixed with what belongs to the
    /// other.
    /// </summary>
    public bool IsIdentity { get; init; }

    /// <summary>The member that an update can change, and that tells records with the same other members apart.</summary>
    public string? Changeable { get; init; }

    /// <summary>Makes a valid value of <see cref="Changeable"/> of a text that no other record has.</summary>
    public Func<string, string> MakeUnused { get; init; } = text => text;

    /// <summary>The key in messages, such as <c>primaryDomain</c>.</summary>
    public string Name => Changeable ?? $"{string.Join(", ", Members.SkipLast(1))} and {Members[^1]}";
}
