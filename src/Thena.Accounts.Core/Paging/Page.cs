namespace Thena.Accounts.Core.Paging;

/// <summary>A part of a list.</summary>
/// <typeparam name="T">The rows.</typeparam>
/// <param name="Items">The rows of this page.</param>
/// <param name="Next">The cursor of the next page; <see langword="null"/> on the last.</param>
/// <param name="Total">How many rows the whole list has, if that was asked.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next, long? Total);
