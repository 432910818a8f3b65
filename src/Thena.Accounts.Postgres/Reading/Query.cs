using System.Globalization;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.ReferenceData;

namespace Thena.Accounts.Postgres.Reading;

/// <summary>
/// A query for living records of one organization. Conditions are added first; then one of the methods of <see cref="Records"/> or
/// <see cref="Writing.Unit"/> runs it. In SQL, the table of the records is called <c>r</c>.
/// </summary>
/// <typeparam name="T">The entity.</typeparam>
public sealed class Query<T>
    where T : TenantEntity
{
    internal Query(Selection<T> selection, Ulid organizationId)
        : this(selection, new Conditions(organizationId))
    {
    }

    private Query(Selection<T> selection, Conditions conditions) => (Selection, Conditions) = (selection, conditions);

    internal Selection<T> Selection { get; }

    internal Conditions Conditions { get; }

    /// <summary>Keeps the records that have a value in a property.</summary>
    public Query<T> Where(string property, object value)
    {
        Conditions.Add($"{Column(property)} = {Conditions.Parameter(value)}");
        return this;
    }

    /// <summary>Keeps the records that have one of several values in a property.</summary>
    public Query<T> WhereAny<TValue>(string property, IEnumerable<TValue> values)
    {
        Conditions.Add($"{Column(property)} = any({Conditions.Parameter(values)})");
        return this;
    }

    /// <summary>Keeps the records that meet a condition in SQL, whose values become parameters. The organization is <c>$1</c>.</summary>
    public Query<T> Where(FormattableString condition)
    {
        Conditions.Add(Conditions.Format(condition));
        return this;
    }

    /// <summary>Keeps the records that have the value of a subquery in a property.</summary>
    /// <inheritdoc cref="Conditions.AddValueOf"/>
    public Query<T> WhereValueOf(string property, FormattableString subquery)
    {
        Conditions.AddValueOf(Column(property), Conditions.Format(subquery));
        return this;
    }

    /// <summary>Keeps the records whose search text contains a text. The comparison is case-sensitive.</summary>
    public Query<T> WhereSearchContains(string text)
    {
        Conditions.AddSearch(text);
        return this;
    }

    /// <summary>Keeps the records that were created after and before an instant: a range of IDs, which begin with the time.</summary>
    public Query<T> WhereCreated(DateTimeOffset? after, DateTimeOffset? before)
    {
        if (after is { } start)
        {
            StartAfter(RecordOrder.Oldest, IdGenerator.Last(start));
        }

        if (before is { } end)
        {
            StartAfter(RecordOrder.Newest, IdGenerator.First(end));
        }

        return this;
    }

    /// <summary>Keeps the records that were last changed after and before an instant.</summary>
    public Query<T> WhereUpdated(DateTimeOffset? after, DateTimeOffset? before)
    {
        WhereUpdated('>', after);
        WhereUpdated('<', before);
        return this;
    }

    /// <summary>Keeps no record.</summary>
    public Query<T> WhereNothing()
    {
        Conditions.Add("false");
        return this;
    }

    /// <summary>Returns a query for the same records, to which conditions can be added.</summary>
    internal Query<T> Copy() => new(Selection, Conditions.Copy());

    /// <summary>Keeps the records that come after a cursor.</summary>
    /// <returns><see langword="false"/> if the cursor belongs to another order or cannot be parsed.</returns>
    /// <remarks>The values are written as subqueries. If PostgreSQL knew them when it plans, it would plan each page anew.</remarks>
    internal bool TryStartAfter(ListOrder<T> order, Cursor cursor)
    {
        if (cursor.Sort != order.Name || order.ParseKey(cursor.Key) is not { } key)
        {
            return false;
        }

        if (order.Order.Column is null)
        {
            StartAfter(order.Order, cursor.Id);
        }
        else
        {
            Conditions.Add(order.Order.After($"select {Conditions.Parameter(key)}", $"select {Conditions.Parameter(cursor.Id)}"));
        }

        return true;
    }

    /// <summary>Returns the order with the column of the first condition on the value of a subquery before the ID.</summary>
    internal RecordOrder Listed(RecordOrder order) =>
        order.Column is null && Conditions.Listed is var (column, _) ? order with { Column = column } : order;

    /// <summary>Returns the table of the records, in a form that has an index for an order and the conditions.</summary>
    internal string Rows(RecordOrder? order) =>
        (Conditions.ReadsUpdateTimes || order?.Column == RecordOrder.UpdatedAt) && Selection.UpdateTimes is { } times
            ? times.Rows
            : Selection.Table.Name;

    /// <summary>Returns the statement for the records that match.</summary>
    /// <param name="references">The reference data of the use. Their version is the last column.</param>
    /// <param name="order">The order, if it matters.</param>
    /// <param name="page">The SQL of the page in that order, if not all records are read.</param>
    internal string Sql(References references, RecordOrder? order = null, string page = "") =>
        Sql(Rows(order), Conditions.Sql, page, references, order);

    /// <summary>Returns the statement for rows that meet a condition.</summary>
    /// <param name="rows">The rows, as a table or a subquery.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="page">The SQL of the page, if not all rows are read.</param>
    /// <param name="references">The reference data of the use.</param>
    /// <param name="order">The order, if it matters.</param>
    /// <param name="column">Further columns, each after a comma.</param>
    internal string Sql(string rows, string condition, string page, References references, RecordOrder? order, string column = "")
    {
        // Only the rows of the page are joined with others.
        if (Parts(references).Count > 0 || (page.Length > 0 && Selection.ShowsOthers))
        {
            return SqlOf($"(select r.* from {rows} r where {condition}{page})", references, order, column);
        }

        var end = page.Length > 0 || order is null ? page : $" order by {order.Sql}";
        return $"{Selection.Sql(rows, [], column + VersionColumn(references))} where {condition}{end}";
    }

    /// <summary>Returns the statement for all rows of a subquery.</summary>
    internal string SqlOf(string rows, References references, RecordOrder? order, string column = "") =>
        Selection.Sql(rows, Parts(references), column + VersionColumn(references)) + (order is null ? "" : $" order by {order.Sql}");

    /// <summary>Returns the parts that records can have.</summary>
    internal IReadOnlyList<Parts<T>> Parts(References references) =>
        Selection.Parts.FindAll(part => part.Needs is null || references.MayHave(part.Needs));

    /// <summary>Returns the start of a list as a subquery, and a column with its length.</summary>
    internal (string Rows, string Column) StartOfList(RecordOrder order, int records)
    {
        var start = string.Create(
            CultureInfo.InvariantCulture, $"{Rows(order)} r where {Conditions.WithoutSearch} order by {order.Sql} limit {records}");

        // PostgreSQL counts them only if it finds a record.
        return ($"(select r.* from {start})", $", (select count(*) from (select 1 from {start}) list)");
    }

    /// <summary>Keeps the records that come after an ID in an order by ID.</summary>
    private void StartAfter(RecordOrder order, Ulid id)
    {
        var place = $"select {Conditions.Parameter(id)}";
        Conditions.Add(Listed(order).After(Conditions.Listed?.Subquery ?? "", place));
    }

    private void WhereUpdated(char comparison, DateTimeOffset? limit)
    {
        if (limit is not { } time)
        {
            return;
        }

        // The best way to the records depends on how many have changed, so PostgreSQL is to know the time if there is an index of times.
        Conditions.ReadsUpdateTimes = Selection.UpdateTimes is not null;
        var place = Conditions.Parameter(time);
        Conditions.Add($"{RecordOrder.UpdatedAt} {comparison} {(Conditions.ReadsUpdateTimes ? place : $"(select {place})")}");
    }

    private static string VersionColumn(References references) => references.Whole is null ? "" : $", ({ReferenceVersion.Sql})";

    private string Column(string property) => "r." + Selection.Table.ColumnOf(property);
}
