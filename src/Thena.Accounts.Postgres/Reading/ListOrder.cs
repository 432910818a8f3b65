using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Postgres.Reading;

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
