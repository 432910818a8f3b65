using System.Runtime.CompilerServices;
using Npgsql;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.ReferenceData;

namespace Thena.Accounts.Postgres.Reading;

/// <summary>Reads of one moment, one record after the other, without limits of time. Holds a connection until it is disposed.</summary>
public sealed class Snapshot : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly Tables _tables;
    private readonly References _references;
    private readonly Ulid _organizationId;
    private readonly Action<Exception> _note;

    internal Snapshot(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        Tables tables,
        References references,
        Ulid organizationId,
        Action<Exception> note)
    {
        (_connection, _transaction, _tables, _references) = (connection, transaction, tables, references);
        (_organizationId, _note) = (organizationId, note);
    }

    /// <summary>Starts a query for records.</summary>
    public Query<T> Of<T>()
        where T : TenantEntity => new(_tables.SelectionOf<T>(), _organizationId);

    /// <summary>Reads all records that match.</summary>
    /// <param name="query">The query.</param>
    /// <param name="order">The order.</param>
    /// <param name="from">Makes the response from a record.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public async IAsyncEnumerable<TResponse> StreamAsync<T, TResponse>(
        Query<T> query,
        RecordOrder order,
        Func<T, References, TResponse> from,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : TenantEntity
    {
        await using var batch = new NpgsqlBatch(_connection, _transaction) { Timeout = 0 };

        // After an import, PostgreSQL may still expect few records. With nested loops, it would read all parts again for each record.
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('enable_nestloop', 'off', true)"));
        var (selection, parts) = (query.Selection, query.Parts(_references));
        var rows = $"(select r.* from {selection.Table.Name} r where {query.Conditions.Sql})";
        batch.BatchCommands.Add(query.Conditions.CreateCommand(
            $"{selection.Sql(rows, parts, readsAll: true)} order by {order.Sql}"));
        var isWhole = false;
        try
        {
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            if (!await reader.NextResultAsync(cancellationToken))
            {
                throw new OutOfStepException();
            }

            try
            {
                while (await reader.ReadAsync(cancellationToken))
                {
                    yield return from(selection.Read(reader, _organizationId, parts), _references);
                }

                isWhole = true;
            }
            finally
            {
                if (!isWhole)
                {
                    // The reader would read the rest before it closes.
                    batch.Cancel();
                }
            }
        }
        finally
        {
            if (!isWhole)
            {
                _note(new NpgsqlException("A snapshot has ended early."));
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
