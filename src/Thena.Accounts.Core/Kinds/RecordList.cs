namespace Thena.Accounts.Core.Kinds;

/// <summary>A list of the API that shows records, newest first and in pages unless it says otherwise.</summary>
/// <param name="Path">The path and query, without a leading slash.</param>
public sealed record RecordList(string Path)
{
    /// <summary>The number of the first page; <see langword="null"/> if the list has no pages.</summary>
    public int? FirstPage { get; init; } = 1;

    /// <summary>Whether the oldest record comes first.</summary>
    public bool IsOldestFirst { get; init; }
}
