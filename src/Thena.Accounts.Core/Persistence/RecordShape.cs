using Npgsql;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Persistence;

/// <summary>
/// How records of a table become responses: the columns in SQL, and the code that reads a row. Both are defined in the response type, and
/// must list the columns in the same order.
/// </summary>
/// <typeparam name="TResponse">The type of the responses.</typeparam>
/// <param name="Table">The table.</param>
/// <param name="Columns">The columns. Those of the table are qualified with <c>r</c>.</param>
/// <param name="Joins">
/// Joins with other tables, each on <c>$1</c>, the organization. So no row of another organization is read, and no other shard of a
/// distributed table.
/// </param>
/// <param name="Read">Reads a row.</param>
internal sealed record RecordShape<TResponse>(string Table, string Columns, string Joins, Func<ColumnReader, TResponse> Read)
{
    /// <summary>
    /// The columns if all joined rows are reference data, which can be taken from <see cref="ColumnReader.References"/> instead: those of
    /// the table alone, and those with <see cref="Parts"/>, if records can have any. Null if other rows are joined as well.
    /// </summary>
    public (string OfTable, string WithParts)? ColumnsWithReferences { get; init; }

    /// <summary>The rows of other tables that belong to a record.</summary>
    public IReadOnlyList<RecordParts> Parts { get; init; } = [];

    /// <summary>Returns the columns if they are all in the table of the records; null if other tables have to be joined.</summary>
    public string? ColumnsOfTable(ReferenceData? references) =>
        references is { HasAccountFields: false } ? ColumnsWithReferences?.OfTable : null;
}

/// <summary>
/// Rows of another table that belong to a record. They are joined as one row with arrays, as a row for each of them would repeat the whole
/// record.
/// </summary>
/// <param name="Name">The name of the join, which qualifies its columns in the shape.</param>
/// <param name="Table">The table, qualified with <c>p</c>.</param>
/// <param name="Record">Its column with the ID of the record.</param>
/// <param name="Joins">Joins with further tables.</param>
/// <param name="Columns">The columns, which aggregate the rows to arrays.</param>
internal sealed record RecordParts(string Name, string Table, string Record, string Joins, string Columns)
{
    /// <summary>Returns the join for a few records. It looks up the rows of each of them.</summary>
    public string JoinEach() =>
        $"""
        left join lateral (
            select {Columns} from {Table} p {Joins}
            where p.organization_id = $1 and p.{Record} = r.id
        ) {Name} on true
        """;

    /// <summary>Returns the join for all records of an organization. It reads the whole table once, which is faster for many.</summary>
    public string JoinAll() =>
        $"""
        left join (
            select p.{Record} as record, {Columns} from {Table} p {Joins}
            where p.organization_id = $1
            group by p.{Record}
        ) {Name} on {Name}.record = r.id
        """;
}

/// <summary>Reads the columns of a row one after the other.</summary>
internal sealed class ColumnReader(NpgsqlDataReader reader, ReferenceData? references = null)
{
    private int _next;

    /// <summary>The number of characters of all texts read so far, which is about the size of the records in memory.</summary>
    public long Characters { get; private set; }

    /// <summary>The data that the row refers to, if they are not joined.</summary>
    public ReferenceData? References => references;

    /// <summary>Whether a row referred to data that <see cref="References"/> did not have, because they are newer.</summary>
    public bool HasMissedReference { get; private set; }

    /// <summary>Starts a row.</summary>
    public ColumnReader StartRow()
    {
        _next = 0;
        return this;
    }

    /// <summary>Reads an ID.</summary>
    public string Id() => WireFormat.Id(new Ulid(Guid()));

    /// <summary>Reads an ID as the database has it.</summary>
    public Guid Guid() => reader.GetGuid(_next++);

    /// <summary>Reads an ID, or <c>""</c> for null.</summary>
    public string IdOrEmpty() => IdOrNull() ?? "";

    /// <summary>Reads an ID or null.</summary>
    public string? IdOrNull() => IsNull() ? null : Id();

    /// <summary>Reads the ID of a record in <see cref="References"/>, and finds it there. Both are null for null.</summary>
    public (string? Id, T? Found) Reference<T>(IReadOnlyDictionary<Guid, T> records)
        where T : class
    {
        if (IsNull())
        {
            return (null, null);
        }

        var id = reader.GetGuid(_next++);
        var found = records.GetValueOrDefault(id);
        HasMissedReference |= found is null;
        return (WireFormat.Id(new Ulid(id)), found);
    }

    /// <summary>Reads an array of IDs. Null is an empty list.</summary>
    public IReadOnlyList<string> Ids() =>
        IsNull() ? [] : Array.ConvertAll(reader.GetFieldValue<Guid[]>(_next++), id => WireFormat.Id(new Ulid(id)));

    /// <summary>Reads an array of texts. Null is an empty list.</summary>
    public string[] Texts()
    {
        if (IsNull())
        {
            return [];
        }

        var texts = reader.GetFieldValue<string[]>(_next++);
        foreach (var text in texts)
        {
            Characters += text.Length;
        }

        return texts;
    }

    /// <summary>Reads a text.</summary>
    public string Text()
    {
        var text = reader.GetString(_next++);
        Characters += text.Length;
        return text;
    }

    /// <summary>Reads a text, or <c>""</c> for null.</summary>
    public string TextOrEmpty() => TextOrNull() ?? "";

    /// <summary>Reads a text or null.</summary>
    public string? TextOrNull() => IsNull() ? null : Text();

    /// <summary>Reads a whole number.</summary>
    public int Integer() => reader.GetInt32(_next++);

    /// <summary>Reads a whole number or null.</summary>
    public int? IntegerOrNull() => IsNull() ? null : Integer();

    /// <summary>Reads a number without trailing zeros, or null.</summary>
    public decimal? NumberOrNull() => IsNull() ? null : WireFormat.Number(reader.GetDecimal(_next++));

    /// <summary>Reads a Boolean.</summary>
    public bool Boolean() => reader.GetBoolean(_next++);

    /// <summary>Reads a Boolean or null.</summary>
    public bool? BooleanOrNull() => IsNull() ? null : Boolean();

    /// <summary>Reads a time. It is in UTC, although Npgsql does not say so of infinity.</summary>
    public DateTimeOffset Time() => new(reader.GetDateTime(_next++).Ticks, TimeSpan.Zero);

    /// <summary>Reads JSON that a client has sent.</summary>
    public RawJson Json() => new(Text());

    /// <summary>Returns whether the next column is null, and skips it if so.</summary>
    private bool IsNull()
    {
        if (!reader.IsDBNull(_next))
        {
            return false;
        }

        _next++;
        return true;
    }
}
