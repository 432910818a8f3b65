using System.Data;
using System.Globalization;
using System.Text;
using Npgsql;
using Thena.Accounts.Core.Tenancy;

namespace Thena.Accounts.Core.Persistence;

/// <summary>
/// Reads records as responses, past Entity Framework, which would take longer to make the SQL than PostgreSQL takes to run it (ADR 11).
/// Reads living records of the organization only.
/// </summary>
public sealed class RecordReads(NpgsqlDataSource dataSource, CurrentOrganization organization)
{
    /// <summary>Starts a read outside of any transaction.</summary>
    internal RecordRead<TResponse> From<TResponse>(RecordShape<TResponse> shape) => new(shape, organization.Id, dataSource.CreateCommand());
}

/// <summary>A read of records that is being put together.</summary>
/// <typeparam name="TResponse">What the records are read as.</typeparam>
internal sealed class RecordRead<TResponse>
{
    private readonly RecordShape<TResponse> _shape;
    private readonly NpgsqlCommand _command;
    private readonly StringBuilder _conditions = new();

    /// <summary>Starts a read.</summary>
    /// <param name="shape">What the records are read as.</param>
    /// <param name="organizationId">The organization.</param>
    /// <param name="command">An empty command with its connection. The read disposes it.</param>
    public RecordRead(RecordShape<TResponse> shape, Ulid organizationId, NpgsqlCommand command)
    {
        (_shape, _command) = (shape, command);
        Organization = Parameter(organizationId.ToGuid());
    }

    /// <summary>The parameter of the organization.</summary>
    public string Organization { get; }

    /// <summary>The table that is read.</summary>
    public string Table => _shape.Table;

    /// <summary>Adds a parameter.</summary>
    /// <returns>Its place in the SQL, such as <c>$2</c>.</returns>
    public string Parameter<T>(T value)
    {
        _command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return string.Create(CultureInfo.InvariantCulture, $"${_command.Parameters.Count}");
    }

    /// <summary>Adds a condition on the columns of the table, which are not qualified.</summary>
    public RecordRead<TResponse> Where(string condition)
    {
        _conditions.Append(" and ").Append(condition);
        return this;
    }

    /// <summary>Adds the condition that a column has a value.</summary>
    public RecordRead<TResponse> WhereEqual<T>(string column, T value) => Where($"{column} = {Parameter(value)}");

    /// <summary>Adds the condition that a column has one of several values.</summary>
    public RecordRead<TResponse> WhereAny<T>(string column, T[] values) => Where($"{column} = any({Parameter(values)})");

    /// <summary>Adds the condition that a column contains a text.</summary>
    public RecordRead<TResponse> WhereContains(string column, string text)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal);
        return Where($"{column} like {Parameter($"%{escaped}%")}");
    }

    /// <summary>Adds the condition that no record meets.</summary>
    public RecordRead<TResponse> WhereNothing() => Where("false");

    /// <summary>Reads the only record that matches, or null.</summary>
    public async Task<TResponse?> FirstOrDefaultAsync(CancellationToken cancellationToken) =>
        await ReadAsync($"select {_shape.Columns} {Body("")}", cancellationToken) is [var first, ..] ? first : default;

    /// <summary>Reads the only record that matches, and commits the transaction in the same round trip.</summary>
    public async Task<TResponse> SingleAndCommitAsync(CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(_command.Connection, _command.Transaction);
        var select = new NpgsqlBatchCommand($"select {_shape.Columns} {Body("")}");
        NpgsqlParameter[] parameters = [.. _command.Parameters.Cast<NpgsqlParameter>()];
        _command.Parameters.Clear();
        Array.ForEach(parameters, parameter => select.Parameters.Add(parameter));
        batch.BatchCommands.Add(select);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        await _command.DisposeAsync();

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            throw new InvalidOperationException("The record that was saved cannot be read.");
        }

        var response = _shape.Read(new ColumnReader(reader));

        // Only the end of the batch tells that the commit has succeeded.
        while (await reader.NextResultAsync(cancellationToken))
        {
        }

        return response;
    }

    /// <summary>Reads all records that match, in any order.</summary>
    public Task<List<TResponse>> ToListAsync(CancellationToken cancellationToken) =>
        ReadAsync($"select {_shape.Columns} {Body("")}", cancellationToken);

    /// <summary>Reads all records that match, by a key.</summary>
    public async Task<Dictionary<string, TResponse>> ToDictionaryAsync(Func<TResponse, string> key, CancellationToken cancellationToken) =>
        (await ToListAsync(cancellationToken)).ToDictionary(key, StringComparer.Ordinal);

    /// <summary>Reads all records that match, in an order.</summary>
    public Task<List<TResponse>> ToListAsync(RecordOrder order, CancellationToken cancellationToken) =>
        ReadAsync($"select {_shape.Columns} {Body("")} order by {order.ToSql("r.")}", cancellationToken);

    /// <summary>Reads some of the records that match.</summary>
    /// <param name="order">The order, without the qualifier of columns.</param>
    /// <param name="skip">The number of records to skip.</param>
    /// <param name="take">The number of records to read.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public Task<List<TResponse>> ToListAsync(RecordOrder order, long skip, int take, CancellationToken cancellationToken)
    {
        // The limit is a constant: for a parameter, PostgreSQL would plan for a tenth of the table, or plan anew on each execution.
        var limit = string.Create(CultureInfo.InvariantCulture, $" order by {order.ToSql("")} limit {take}")
            + (skip > 0 ? $" offset {Parameter(skip)}" : "");
        return ReadAsync($"select {_shape.Columns} {Body(limit)} order by {order.ToSql("r.")}", cancellationToken);
    }

    /// <summary>Counts the records that match. Further reads with the same conditions may follow.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        _command.CommandText = $"select count(*) from {Table} where {Conditions()}";
        return (long)(await _command.ExecuteScalarAsync(cancellationToken))!;
    }

    private string Body(string limit) => $"from (select * from {Table} where {Conditions()}{limit}) r {_shape.Joins}";

    private string Conditions() => $"organization_id = {Organization} and deleted_at is null{_conditions}";

    private async Task<List<TResponse>> ReadAsync(string sql, CancellationToken cancellationToken)
    {
        await using (_command)
        {
            _command.CommandText = sql;
            await using var reader = await _command.ExecuteReaderAsync(CommandBehavior.SingleResult, cancellationToken);
            var columns = new ColumnReader(reader);
            List<TResponse> rows = [];
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(_shape.Read(columns.StartRow()));
            }

            return rows;
        }
    }
}

/// <summary>The order of a list: a column, and the ID for records that have the same value in it.</summary>
/// <param name="Column">The column; null to order by ID alone, which is the order of creation.</param>
/// <param name="IsDescending">Whether the largest values come first. The ID has the same direction.</param>
internal sealed record RecordOrder(string? Column, bool IsDescending)
{
    /// <summary>Newest first, the order of every list unless the client asks for another.</summary>
    public static RecordOrder Newest { get; } = new(null, IsDescending: true);

    private string Direction => IsDescending ? " desc" : "";

    /// <summary>The order as SQL.</summary>
    /// <param name="qualifier">The qualifier of the columns, such as <c>r.</c>.</param>
    public string ToSql(string qualifier) =>
        Column is null ? $"{qualifier}id{Direction}" : $"{Expression(qualifier)}{Direction}, {qualifier}id{Direction}";

    /// <summary>The condition that a record comes after another one.</summary>
    /// <param name="key">The parameter of the other record's value; not used when the order is by ID alone.</param>
    /// <param name="id">The parameter of the other record's ID.</param>
    public string After(string key, string id)
    {
        var comparison = IsDescending ? '<' : '>';
        return Column is null ? $"id {comparison} {id}" : $"({Expression("")}, id) {comparison} ({key}, {id})";
    }

    private string Expression(string qualifier) => Column!.Replace("{r}", qualifier, StringComparison.Ordinal);
}
