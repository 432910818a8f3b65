namespace Thena.Accounts.Moving.Copying;

/// <summary>What is known about a record that was read.</summary>
/// <param name="Id">The ID of its copy; <see langword="null"/> if it has none.</param>
/// <param name="Hash">The hash of the record as it was when it was last copied; empty if that is not known.</param>
/// <param name="IsGone">Whether the copy has been deleted there.</param>
/// <param name="NewId">The ID of a new copy, if it can be chosen.</param>
internal readonly record struct KnownRecord(string? Id, ReadOnlyMemory<byte> Hash, bool IsGone, string NewId = "");
