namespace Thena.Accounts.Postgres.Reading;

/// <summary>Records that have been read, and their responses.</summary>
/// <param name="Records">The records.</param>
/// <param name="Responses">Their responses.</param>
/// <param name="Length">The length of the list that was searched, or the number of hits, if a record was found.</param>
/// <param name="IsCut">Whether reading ended early, because the records were large.</param>
internal sealed record Read<T, TResponse>(List<T> Records, List<TResponse> Responses, long? Length, bool IsCut);
