using Npgsql;

namespace Thena.Accounts.Postgres.Connections;

/// <summary>Statements that are sent together, in one round trip, and what reads their rows.</summary>
internal sealed class Statements
{
    private readonly List<NpgsqlBatchCommand> _commands = [];
    private readonly List<Func<NpgsqlDataReader, CancellationToken, Task>> _readers = [];

    /// <summary>Whether there is nothing to send.</summary>
    public bool IsEmpty => _commands.Count == 0;

    /// <summary>Adds a statement that returns no rows.</summary>
    public void Add(NpgsqlBatchCommand command) => _commands.Add(command);

    /// <summary>Adds statements that return no rows.</summary>
    public void Add(IEnumerable<NpgsqlBatchCommand> commands) => _commands.AddRange(commands);

    /// <summary>Adds a statement that returns rows.</summary>
    /// <returns>The rows, filled when the statements are sent.</returns>
    public IReadOnlyList<TRow> Read<TRow>(NpgsqlBatchCommand command, Func<NpgsqlDataReader, TRow> readRow)
    {
        List<TRow> rows = [];
        Read(command, reader => rows.Add(readRow(reader)));
        return rows;
    }

    /// <summary>Adds a statement that returns rows.</summary>
    public void Read(NpgsqlBatchCommand command, Action<NpgsqlDataReader> readRow)
    {
        Add(command);
        _readers.Add(async (reader, cancellationToken) =>
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                readRow(reader);
            }
        });
    }

    /// <summary>Adds other statements after these.</summary>
    public void Add(Statements others)
    {
        _commands.AddRange(others._commands);
        _readers.AddRange(others._readers);
    }

    /// <summary>Sends the statements in the order in which they were added.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="seconds">The limit of all statements together.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <exception cref="OutOfStepException">The database has answered fewer or more statements than it was asked.</exception>
    public async Task SendAsync(NpgsqlConnection connection, int seconds, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { Timeout = seconds };
        _commands.ForEach(batch.BatchCommands.Add);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        foreach (var read in _readers)
        {
            // A statement that returns rows has columns even if there are none.
            if (reader.FieldCount == 0)
            {
                throw new OutOfStepException();
            }

            await read(reader, cancellationToken);

            // Also runs the statements up to the next one that returns rows, or up to the end.
            await reader.NextResultAsync(cancellationToken);
        }

        if (reader.FieldCount > 0)
        {
            throw new OutOfStepException();
        }
    }
}
