using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Npgsql;
using Thena.Accounts.Core.Tenancy;

namespace Thena.Accounts.Core.Persistence;

/// <summary>
/// Reads records as responses, without Entity Framework, which takes longer to create the SQL than PostgreSQL takes to run it (ADR 11).
/// Reads only records of the organization that are not deleted.
/// </summary>
public sealed class RecordReads(NpgsqlDataSource dataSource, ConnectionGate gate, CurrentOrganization organization)
{
    /// <summary>Starts a read outside of any transaction.</summary>
    internal RecordRead<TResponse> From<TResponse>(RecordShape<TResponse> shape) =>
        new(shape, organization.Id, () => dataSource.CreateConnection().CreateBatch(), gate);
}

/// <summary>A query for records. Conditions are added first, and then one of the methods runs it.</summary>
/// <typeparam name="TResponse">The type of the responses.</typeparam>
internal sealed class RecordRead<TResponse>
{
    private readonly RecordShape<TResponse> _shape;
    private readonly Func<NpgsqlBatch> _createBatch;
    private readonly ConnectionGate? _gate;
    private readonly List<NpgsqlParameter> _parameters = [];
    private readonly StringBuilder _conditions = new();
    private bool _plansEachTime;
    private (string Column, string Subquery)? _listed;

    /// <summary>Starts a read.</summary>
    /// <param name="shape">What the records are read as.</param>
    /// <param name="organizationId">The organization.</param>
    /// <param name="createBatch">Creates an empty batch with its connection.</param>
    /// <param name="gate">Opens the connection, if it is not open.</param>
    public RecordRead(RecordShape<TResponse> shape, Ulid organizationId, Func<NpgsqlBatch> createBatch, ConnectionGate? gate = null)
    {
        (_shape, _createBatch, _gate) = (shape, createBatch, gate);
        Organization = Parameter(organizationId.ToGuid());
    }

    /// <summary>The parameter of the organization.</summary>
    public string Organization { get; }

    private NpgsqlBatch Batch => field ??= _createBatch();

    /// <summary>Adds a parameter.</summary>
    /// <returns>The placeholder of the parameter in the SQL, such as <c>$2</c>.</returns>
    public string Parameter<T>(T value)
    {
        _parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return string.Create(CultureInfo.InvariantCulture, $"${_parameters.Count}");
    }

    /// <summary>Adds a condition on the columns of the table. The names of columns must not be qualified.</summary>
    public RecordRead<TResponse> Where(string condition)
    {
        _conditions.Append(" and ").Append(condition);
        return this;
    }

    /// <summary>Adds the condition that a column equals a value.</summary>
    public RecordRead<TResponse> WhereEqual<T>(string column, T value) => Where($"{column} = {Parameter(value)}");

    /// <summary>Adds the condition that a column equals one of several values.</summary>
    public RecordRead<TResponse> WhereAny<T>(string column, T[] values) => Where($"{column} = any({Parameter(values)})");

    /// <summary>Adds the condition that a column has the value of a subquery, which PostgreSQL does not know when it plans.</summary>
    /// <remarks>
    /// The first such condition is written as a range, and its column is put before the ID in the order. That changes no result, but leaves
    /// the index of the column and the ID as the only one that has the order. With an equality, PostgreSQL would assume that the value is
    /// common, and read all records of the organization to find the few that have a rare one.
    /// </remarks>
    public RecordRead<TResponse> WhereValueOf(string column, string subquery)
    {
        if (_listed is not null)
        {
            return Where($"{column} = ({subquery})");
        }

        _listed = (column, subquery);
        return Where($"{column} between ({subquery}) and ({subquery})");
    }

    /// <summary>Adds the condition that a record comes after another one.</summary>
    /// <param name="order">The order.</param>
    /// <param name="key">The placeholder of the other record's value; not used if the order is by ID alone.</param>
    /// <param name="id">The placeholder of the other record's ID.</param>
    public RecordRead<TResponse> WhereAfter(RecordOrder order, string key, string id) => Where(
        order.Column is null && _listed is var (column, subquery)
            ? new RecordOrder(column, order.IsDescending).After($"({subquery})", id)
            : order.After(key, id));

    /// <summary>Adds the condition that a column contains a text. The comparison is case-sensitive.</summary>
    public RecordRead<TResponse> WhereContains(string column, string text)
    {
        // The best plan depends on how common the text is.
        _plansEachTime = true;
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal);
        return Where($"{column} like {Parameter($"%{escaped}%")}");
    }

    /// <summary>Adds a condition that no record meets.</summary>
    public RecordRead<TResponse> WhereNothing() => Where("false");

    /// <summary>Reads the record that matches. Returns null if there is none.</summary>
    public async Task<TResponse?> FirstOrDefaultAsync(CancellationToken cancellationToken) =>
        await ReadAsync(Select(), cancellationToken) is [var first, ..] ? first : default;

    /// <summary>Reads the records that match as part of a batch.</summary>
    /// <returns>The records, filled when the batch runs.</returns>
    public IReadOnlyList<TResponse> AddTo(QueryBatch batch) =>
        batch.Add(Select(), [.. _parameters], reader => _shape.Read(new ColumnReader((NpgsqlDataReader)reader)));

    /// <summary>Reads all records that match, in any order.</summary>
    public Task<List<TResponse>> ToListAsync(CancellationToken cancellationToken) =>
        ReadAsync(Select(), cancellationToken);

    /// <summary>Reads all records that match into a dictionary.</summary>
    public async Task<Dictionary<string, TResponse>> ToDictionaryAsync(Func<TResponse, string> key, CancellationToken cancellationToken) =>
        (await ToListAsync(cancellationToken)).ToDictionary(key, StringComparer.Ordinal);

    /// <summary>Reads all records that match, in the given order.</summary>
    public Task<List<TResponse>> ToListAsync(RecordOrder order, CancellationToken cancellationToken) =>
        ReadAsync($"{Select()} order by {order.ToSql("r.")}", cancellationToken);

    /// <summary>Reads all records that match one after the other, without any limit of time, in a transaction.</summary>
    public async IAsyncEnumerable<TResponse> StreamAsync(
        RecordOrder order, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var batch = Batch;
        batch.Timeout = 0;

        // After an import, PostgreSQL may still expect few records. With nested loops, it would read all parts again for each record.
        Add("select set_config('enable_nestloop', 'off', true)", []);
        Add($"{Select("", parts => parts.JoinAll())} order by {order.ToSql("r.")}", _parameters);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var columns = new ColumnReader(reader);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return _shape.Read(columns.StartRow());
        }
    }

    /// <summary>Reads some of the records that match.</summary>
    /// <param name="order">The order of the records.</param>
    /// <param name="skip">The number of records to skip.</param>
    /// <param name="take">The number of records to read.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public Task<List<TResponse>> ToListAsync(RecordOrder order, long skip, int take, CancellationToken cancellationToken)
    {
        order = order.Column is null && _listed is var (column, _) ? order with { Column = "{r}" + column } : order;

        // The limit is a constant. With a parameter, PostgreSQL would plan for a tenth of the table, or plan again on each execution.
        var limit = string.Create(CultureInfo.InvariantCulture, $" order by {order.ToSql("")} limit {take}")
            + (skip > 0 ? $" offset {Parameter(skip)}" : "");
        return ReadAsync($"{Select(limit)} order by {order.ToSql("r.")}", cancellationToken);
    }

    /// <summary>Counts the records that match. Further reads with the same conditions may follow.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        Add($"select count(*) from {_shape.Table} where {Conditions()}", _parameters.Select(parameter => parameter.Clone()));
        await OpenAsync(cancellationToken);
        try
        {
            return (long)(await Batch.ExecuteScalarAsync(cancellationToken))!;
        }
        finally
        {
            await CloseAsync();
            Batch.BatchCommands.Clear();
        }
    }

    private string Select(string limit = "") => Select(limit, parts => parts.JoinEach());

    private string Select(string limit, Func<RecordParts, string> join) =>
        $"select {_shape.Columns} from (select * from {_shape.Table} where {Conditions()}{limit}) r {_shape.Joins} "
            + string.Join('\n', _shape.Parts.Select(join));

    private string Conditions() => $"organization_id = {Organization} and deleted_at is null{_conditions}";

    private async Task<List<TResponse>> ReadAsync(string sql, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        try
        {
            if (_plansEachTime)
            {
                Add("select set_config('plan_cache_mode', 'force_custom_plan', true)", []);
            }

            Add(sql, _parameters);
            await using var reader = await Batch.ExecuteReaderAsync(cancellationToken);
            if (_plansEachTime)
            {
                await reader.NextResultAsync(cancellationToken);
            }

            var columns = new ColumnReader(reader);
            List<TResponse> rows = [];
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(_shape.Read(columns.StartRow()));
            }

            return rows;
        }
        finally
        {
            await CloseAsync();
            await Batch.DisposeAsync();
        }
    }

    private Task OpenAsync(CancellationToken cancellationToken) =>
        _gate?.OpenAsync(Batch.Connection!, cancellationToken) ?? Task.CompletedTask;

    private Task CloseAsync() => _gate is null ? Task.CompletedTask : Batch.Connection!.CloseAsync();

    private void Add(string sql, IEnumerable<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        Batch.BatchCommands.Add(command);
    }
}

/// <summary>The order of a list: by a column, and by ID where records have the same value in it.</summary>
/// <param name="Column">
/// The column or SQL expression, in which <c>{r}</c> stands for the qualifier; null to order by ID alone, which is the order of creation.
/// </param>
/// <param name="IsDescending">Whether the largest values come first. The ID has the same direction.</param>
internal sealed record RecordOrder(string? Column, bool IsDescending)
{
    /// <summary>Newest first, the default order of lists.</summary>
    public static RecordOrder Newest { get; } = new(null, IsDescending: true);

    /// <summary>The order of creation.</summary>
    public static RecordOrder Oldest { get; } = new(null, IsDescending: false);

    private string Direction => IsDescending ? " desc" : "";

    /// <summary>Returns the order as SQL.</summary>
    /// <param name="qualifier">The qualifier of the columns, such as <c>r.</c>.</param>
    public string ToSql(string qualifier) =>
        Column is null ? $"{qualifier}id{Direction}" : $"{Expression(qualifier)}{Direction}, {qualifier}id{Direction}";

    /// <summary>Returns the SQL condition that a record comes after another one.</summary>
    /// <param name="key">The placeholder of the other record's value; not used if the order is by ID alone.</param>
    /// <param name="id">The placeholder of the other record's ID.</param>
    public string After(string key, string id)
    {
        var comparison = IsDescending ? '<' : '>';
        return Column is null ? $"id {comparison} {id}" : $"({Expression("")}, id) {comparison} ({key}, {id})";
    }

    private string Expression(string qualifier) => Column!.Replace("{r}", qualifier, StringComparison.Ordinal);
}
