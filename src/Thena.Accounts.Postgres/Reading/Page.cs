using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Postgres.Reading;

/// <summary>The part of a list to read.</summary>
/// <param name="Skip">The number of records before the page.</param>
/// <param name="Rows">The largest number of records on the page.</param>
/// <param name="Cursor">The position after which the page starts instead, if it is given.</param>
/// <param name="IncludeTotal">Whether to count all records.</param>
public sealed record PageRequest(long Skip, int Rows, Cursor? Cursor, bool IncludeTotal);

/// <summary>A page of a list.</summary>
/// <typeparam name="T">The type of the rows.</typeparam>
/// <param name="Items">The rows of this page.</param>
/// <param name="Next">The cursor of the next page; <see langword="null"/> on the last page.</param>
/// <param name="Total">The number of rows in the whole list; <see langword="null"/> if it was not requested.</param>
public sealed record Page<T>(RecordList<T> Items, string? Next, long? Total);

/// <summary>Records to answer with: all of them, or portions if they are too large to be in memory together.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <param name="Whole">All records; <see langword="null"/> if there are portions.</param>
/// <param name="Portions">
/// The records one portion after the other, each read when it is asked for. A record that is deleted meanwhile is left out.
/// </param>
public sealed record RecordList<T>(IReadOnlyList<T>? Whole, IAsyncEnumerable<IReadOnlyList<T>>? Portions = null);

/// <summary>A position in a list: the last row of the previous page.</summary>
/// <param name="Sort">The name of the order of the list.</param>
/// <param name="Id">The ID of the row.</param>
/// <param name="Key">The row's value in the column of the order; empty if the list is ordered by ID.</param>
public sealed record Cursor(string Sort, Ulid Id, string Key)
{
    /// <summary>Parses the text of a cursor.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Cursor? cursor)
    {
        cursor = null;
        if (!Base64Url.IsValid(text))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ', 3);
        if (parts.Length != 3 || !Ulid.TryParse(parts[1], out var id) || parts[2].Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        cursor = new Cursor(parts[0], id, parts[2]);
        return true;
    }

    /// <summary>Returns the text of the cursor, which is opaque to clients.</summary>
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Sort} {Id} {Key}"));
}

/// <summary>The order of a list that can be read page by page with cursors.</summary>
/// <typeparam name="T">The entity.</typeparam>
/// <param name="Name">The name of the order, which cursors carry.</param>
/// <param name="Order">The order of the records.</param>
/// <param name="KeyOf">Returns a record's value in the column of the order, as text.</param>
/// <param name="ParseKey">Parses that text. Returns null if it cannot be parsed.</param>
public sealed record ListOrder<T>(string Name, RecordOrder Order, Func<T, string> KeyOf, Func<string, object?> ParseKey)
    where T : TenantEntity
{
    /// <summary>Returns the text of the cursor of a record.</summary>
    internal string CursorOf(T record) => new Cursor(Name, record.Id, KeyOf(record)).ToString();
}

/// <summary>Creates the orders of lists.</summary>
public static class ListOrder
{
    /// <summary>Newest first, the default order of lists.</summary>
    public static ListOrder<T> Newest<T>()
        where T : TenantEntity => ById<T>(isDescending: true);

    /// <summary>Orders by ID, which is the order of creation.</summary>
    public static ListOrder<T> ById<T>(bool isDescending)
        where T : TenantEntity =>
        new(isDescending ? "-id" : "id", new RecordOrder(null, isDescending), _ => "", _ => "");

    /// <summary>Orders by a column.</summary>
    /// <param name="name">The name of the column in the API.</param>
    /// <param name="isDescending">Whether the largest values come first.</param>
    /// <param name="column">The column or SQL expression, qualified with <c>r</c> and never null.</param>
    /// <param name="keyOf">Returns a record's value in the column, as text.</param>
    /// <param name="parseKey">Parses that text. Returns null if it cannot be parsed.</param>
    public static ListOrder<T> By<T>(
        string name, bool isDescending, string column, Func<T, string> keyOf, Func<string, object?> parseKey)
        where T : TenantEntity =>
        new(isDescending ? "-" + name : name, new RecordOrder(column, isDescending), keyOf, parseKey);
}
