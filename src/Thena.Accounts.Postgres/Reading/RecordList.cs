namespace Thena.Accounts.Postgres.Reading;

/// <summary>Records to answer with: all of them, or portions if they are too large to be in memory together.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <param name="Whole">All records; <see langword="null"/> if there are portions.</param>
/// <param name="Portions">
/// The records one portion after the other, each read when it is asked for. A record that is deleted meanwhile is left out.
/// </param>
public sealed record RecordList<T>(IReadOnlyList<T>? Whole, IAsyncEnumerable<IReadOnlyList<T>>? Portions = null);
