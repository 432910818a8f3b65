namespace Thena.Accounts.Core.Moving;

/// <summary>What records of a kind are known by beside their IDs. No two of them have the same.</summary>
/// <param name="Member">The member that is the key. If an update can change it, <paramref name="Park"/> is set.</param>
/// <param name="IsIdentity">
/// Whether the key is what the record is, as the name of a pick list value. A copy of a record that the source no longer has is then taken
/// for the one that has its key now. Accounts and contacts are more: what belongs to one would be mixed with what belongs to the other.
/// </param>
/// <param name="Park">Makes a valid key of a text that no other record has; <see langword="null"/> if there is no such key.</param>
internal sealed record RecordKey(string Member, bool IsIdentity, Func<string, string>? Park);
