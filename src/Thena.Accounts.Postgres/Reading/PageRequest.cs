namespace Thena.Accounts.Postgres.Reading;

/// <summary>The part of a list to read.</summary>
/// <param name="Skip">The number of records before the page.</param>
/// <param name="Rows">The largest number of records on the page.</param>
/// <param name="Cursor">The position after which the page starts instead, if it is given.</param>
/// <param name="IncludeTotal">Whether to count all records.</param>
public sealed record PageRequest(long Skip, int Rows, Cursor? Cursor, bool IncludeTotal);
