using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Paging;

/// <summary>The order of a list that can be read page by page with cursors.</summary>
/// <typeparam name="TRow">The type of the rows.</typeparam>
/// <param name="Name">The name of the order, which cursors carry.</param>
/// <param name="Order">The order of the records.</param>
/// <param name="KeyOf">Returns a row's value in the column of the order, as text.</param>
/// <param name="AddKey">
/// Parses that text and adds it to a read as a parameter. Returns the placeholder, or null if the text cannot be parsed.
/// </param>
internal sealed record ListOrder<TRow>(
    string Name, RecordOrder Order, Func<TRow, string> KeyOf, Func<RecordRead<TRow>, string, string?> AddKey)
{
    /// <summary>Newest first, the default order of lists.</summary>
    public static ListOrder<TRow> Newest { get; } = ById(isDescending: true);

    /// <summary>Orders by ID, which is the order of creation.</summary>
    public static ListOrder<TRow> ById(bool isDescending) =>
        new(isDescending ? "-id" : "id", new RecordOrder(null, isDescending), _ => "", (_, _) => "");

    /// <summary>Orders by a column.</summary>
    /// <param name="name">The name of the column in the API.</param>
    /// <param name="isDescending">Whether the largest values come first.</param>
    /// <param name="column">The column or expression in SQL, in which <c>{r}</c> stands for the qualifier. Never null.</param>
    /// <param name="keyOf">Returns a row's value in the column, as text.</param>
    /// <param name="parse">Parses that text. Returns null if it cannot be parsed.</param>
    public static ListOrder<TRow> By<TKey>(
        string name, bool isDescending, string column, Func<TRow, string> keyOf, Func<string, TKey?> parse)
        where TKey : struct => By(
        name, isDescending, column, keyOf, (read, text) => parse(text) is { } value ? read.Parameter(value) : null);

    /// <summary>Orders by a column of text.</summary>
    /// <inheritdoc cref="By{TKey}(string, bool, string, Func{TRow, string}, Func{string, TKey?})"/>
    public static ListOrder<TRow> By(string name, bool isDescending, string column, Func<TRow, string> keyOf) => By(
        name, isDescending, column, keyOf, (read, text) => read.Parameter(text));

    private static ListOrder<TRow> By(
        string name, bool isDescending, string column, Func<TRow, string> keyOf, Func<RecordRead<TRow>, string, string?> addKey) =>
        new(isDescending ? "-" + name : name, new RecordOrder(column, isDescending), keyOf, addKey);

    /// <summary>Limits a read to the records that come after a cursor.</summary>
    /// <returns><see langword="false"/> if the cursor belongs to another order or cannot be parsed.</returns>
    public bool TryStartAfter(RecordRead<TRow> read, Cursor cursor)
    {
        if (cursor.Sort != Name || AddKey(read, cursor.Key) is not { } key)
        {
            return false;
        }

        read.WhereAfter(Order, key, read.Parameter(cursor.Id.ToGuid()));
        return true;
    }

    /// <summary>Returns the cursor of a row.</summary>
    public Cursor At(TRow row, Ulid id) => new(Name, id, KeyOf(row));
}
