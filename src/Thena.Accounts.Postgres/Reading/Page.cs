namespace Thena.Accounts.Postgres.Reading;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">The type of the rows.</typeparam>
/// <param name="Items">The rows of this page.</param>
/// <param name="Next">The cursor of the next page; <see langword="null"/> on the last page.</param>
/// <param name="Total">The number of rows in the whole list; <see langword="null"/> if it was not requested.</param>
public sealed record Page<T>(RecordList<T> Items, string? Next, long? Total);
