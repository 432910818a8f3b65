using System.Globalization;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Thena.Accounts.Core.Persistence;

/// <summary>The lock on the rows of a query, kept until the end of the transaction.</summary>
internal enum RowLock
{
    /// <summary>No lock.</summary>
    None,

    /// <summary>Prevents deletion (<c>FOR KEY SHARE</c>). For rows that a new record refers to.</summary>
    KeyShare,

    /// <summary>Prevents change and deletion (<c>FOR SHARE</c>). For rows whose values decide what is written.</summary>
    Share,

    /// <summary>For rows to change (<c>FOR NO KEY UPDATE</c>). New records can still refer to them under <see cref="KeyShare"/>.</summary>
    Change,

    /// <summary>For rows to delete (<c>FOR UPDATE</c>). Waits for transactions that are creating references to the rows.</summary>
    Delete,
}

/// <summary>
/// Runs several statements in one round trip. Before a use case writes, it uses a batch to read the record and everything that the request
/// refers to.
/// </summary>
internal sealed class QueryBatch
{
    private readonly AccountsDbContext _context;
    private readonly IdempotencyClaim? _claim;
    private readonly bool _leavesClaim;
    private readonly int _ownStart;
    private readonly List<NpgsqlBatchCommand> _commands = [];
    private readonly List<Func<NpgsqlDataReader, CancellationToken, Task>> _readers = [];
    private readonly List<Func<bool>> _expectations = [];

    /// <summary>Creates a batch. The first one of a transaction starts with the claim on the idempotency key, if there is one.</summary>
    /// <param name="context">The database.</param>
    /// <param name="references">The reference data that the transaction can use, see <see cref="References"/>.</param>
    /// <param name="leavesClaim">Whether the next batch makes the claim if this one has no statements.</param>
    public QueryBatch(AccountsDbContext context, ReferenceData? references = null, bool leavesClaim = false)
    {
        _context = context;
        _leavesClaim = leavesClaim;
        References = references;
        _claim = context.TakeClaim();
        _claim?.AddTo(this);
        _ownStart = _commands.Count;
    }

    /// <summary>
    /// Reference data that need not be queried, because the transaction checks at its end that they are current. Null if there are none.
    /// </summary>
    public ReferenceData? References { get; }

    /// <summary>Adds a query for whole entities, which are tracked.</summary>
    /// <param name="query">A query over one table, filtered and ordered. Its rows must not be tracked yet.</param>
    /// <param name="rowLock">How the rows are locked.</param>
    /// <returns>The entities, filled by <see cref="RunAsync"/>.</returns>
    public IReadOnlyList<TEntity> Add<TEntity>(IQueryable<TEntity> query, RowLock rowLock = RowLock.None)
        where TEntity : class
    {
        var read = RowReader.OfEntity<TEntity>(_context.Model);
        return Add(query, rowLock, reader =>
        {
            var entity = read(reader);
            _context.Attach(entity);
            return entity;
        });
    }

    /// <summary>Adds a query for some columns.</summary>
    /// <param name="query">A query over one table, filtered and ordered.</param>
    /// <param name="projection">A constructor call, each argument a mapped property of the entity.</param>
    /// <param name="rowLock">How the rows are locked.</param>
    /// <returns>The rows, filled by <see cref="RunAsync"/>.</returns>
    public IReadOnlyList<TRow> Add<TEntity, TRow>(
        IQueryable<TEntity> query, Expression<Func<TEntity, TRow>> projection, RowLock rowLock = RowLock.None)
        where TEntity : class =>
        Add(query.Select(projection), rowLock, RowReader.OfProjection(_context.Model, projection));

    /// <summary>Adds a query in SQL, which spares a use case that runs often the work of making it.</summary>
    /// <param name="sql">The SQL, its values interpolated. They become parameters.</param>
    /// <param name="readRow">Reads a row.</param>
    /// <returns>The rows, filled by <see cref="RunAsync"/>.</returns>
    public IReadOnlyList<TRow> Add<TRow>(FormattableString sql, Func<NpgsqlDataReader, TRow> readRow)
    {
        NpgsqlParameter[] parameters = [.. sql.GetArguments().Select(ToParameter)];
        string[] names = [.. parameters.Select((_, index) => string.Create(CultureInfo.InvariantCulture, $"${index + 1}"))];
        return Add(string.Format(CultureInfo.InvariantCulture, sql.Format, names), parameters, readRow);
    }

    /// <summary>Adds a query in SQL for IDs.</summary>
    /// <inheritdoc cref="Add{TRow}(FormattableString, Func{NpgsqlDataReader, TRow})"/>
    public IReadOnlyList<Ulid> AddIds(FormattableString sql) => Add(sql, ReadId);

    /// <summary>Adds a query in SQL for whole entities, which are not tracked.</summary>
    /// <param name="rest">The SQL after the table: conditions, order and lock.</param>
    /// <returns>The entities, filled by <see cref="RunAsync"/>.</returns>
    public IReadOnlyList<TEntity> AddUntracked<TEntity>(FormattableString rest)
        where TEntity : class
    {
        // The columns by name: a prepared "select *" fails once a migration has added one.
        var type = _context.Model.FindEntityType(typeof(TEntity))!;
        var columns = string.Join(", ", type.GetProperties().Select(property => property.GetColumnName()));
        return Add(
            FormattableStringFactory.Create($"select {columns} from {type.GetTableName()} {rest.Format}", rest.GetArguments()),
            RowReader.OfEntity<TEntity>(_context.Model));
    }

    /// <summary>
    /// Requires that rows which were read are among those that were locked before. Otherwise a row has started to match in between, and the
    /// whole use case runs again.
    /// </summary>
    public void ExpectLocked<TRow>(IReadOnlyList<Ulid> locked, IReadOnlyList<TRow> read, Func<TRow, Ulid> id) =>
        _expectations.Add(() => read.All(row => locked.Contains(id(row))));

    /// <summary>Adds a statement that only locks rows. A later query of the batch must read the values that decisions depend on.</summary>
    /// <param name="query">The rows, in the order in which they are locked.</param>
    /// <param name="rowLock">How they are locked.</param>
    /// <returns>The IDs of the rows, filled by <see cref="RunAsync"/>.</returns>
    public IReadOnlyList<Ulid> Lock<TEntity>(IQueryable<TEntity> query, RowLock rowLock)
        where TEntity : TenantEntity =>
        Add(query.Select(entity => entity.Id), rowLock, ReadId);

    /// <summary>Adds a statement that returns no rows.</summary>
    public void Add(NpgsqlBatchCommand statement) => _commands.Add(statement);

    /// <summary>Adds a query in SQL with its parameters.</summary>
    /// <inheritdoc cref="Add{TRow}(FormattableString, Func{NpgsqlDataReader, TRow})"/>
    public IReadOnlyList<TRow> Add<TRow>(string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, TRow> readRow)
    {
        var command = new NpgsqlBatchCommand(sql);
        Array.ForEach(parameters, parameter => command.Parameters.Add(parameter));
        Add(command);
        return ReadRows(readRow);
    }

    /// <summary>Reads the rows of a statement that has been added as a command. Statements are read in the order of their calls.</summary>
    /// <param name="readRow">Reads a row.</param>
    /// <returns>The rows, filled by <see cref="RunAsync"/>.</returns>
    public IReadOnlyList<TRow> ReadRows<TRow>(Func<NpgsqlDataReader, TRow> readRow)
    {
        List<TRow> rows = [];
        _readers.Add(async (reader, cancellationToken) =>
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(readRow(reader));
            }
        });
        return rows;
    }

    /// <summary>
    /// Makes the queries that are added after it look up rows by index. PostgreSQL would read whole tables that were empty when it planned
    /// a query, and keep that plan while an import fills them.
    /// </summary>
    public void LookUpByIndex() => Add("select set_config('enable_seqscan', 'off', true)", [], reader => reader.GetString(0));

    /// <summary>Runs the statements in the order in which they were added.</summary>
    /// <exception cref="TransactionCollisionException">Another transaction changed the rows before they were locked.</exception>
    /// <exception cref="ClaimRefusedException">The idempotency key of the request belongs to another transaction.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_commands.Count == _ownStart && (_claim is null || _leavesClaim))
        {
            _context.SetClaim(_claim);
            return;
        }

        await _context.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var batch = _context.CreateBatch();
            _commands.ForEach(batch.BatchCommands.Add);
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            foreach (var read in _readers)
            {
                // A query has columns even if it returns no rows.
                if (reader.FieldCount == 0)
                {
                    throw new OutOfStepException();
                }

                await read(reader, cancellationToken);

                // Also runs the statements up to the next query, or up to the end.
                await reader.NextResultAsync(cancellationToken);
            }

            if (reader.FieldCount > 0)
            {
                throw new OutOfStepException();
            }
        }
        catch (Exception exception)
        {
            _context.Note(exception);
            if (exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
            {
                // The record may be the one that the same request has created before.
                _claim?.Check();
            }

            throw;
        }
        finally
        {
            await _context.Database.CloseConnectionAsync();
        }

        _claim?.Check();
        if (!_expectations.TrueForAll(isMet => isMet()))
        {
            throw new TransactionCollisionException();
        }
    }

    private IReadOnlyList<TRow> Add<TSource, TRow>(IQueryable<TSource> query, RowLock rowLock, Func<NpgsqlDataReader, TRow> readRow)
    {
        using var source = query.CreateDbCommand();
        NpgsqlParameter[] parameters = [.. source.Parameters.Cast<NpgsqlParameter>().Select(parameter => parameter.Clone())];
        return Add(source.CommandText + Suffix(rowLock), parameters, readRow);
    }

    private static NpgsqlParameter ToParameter(object? value) => value switch
    {
        bool flag => new NpgsqlParameter<bool> { TypedValue = flag },
        long number => new NpgsqlParameter<long> { TypedValue = number },
        Ulid id => new NpgsqlParameter<Guid> { TypedValue = id.ToGuid() },
        IEnumerable<Ulid> ids => new NpgsqlParameter<Guid[]> { TypedValue = [.. ids.Select(id => id.ToGuid())] },
        string text => new NpgsqlParameter<string> { TypedValue = text },
        IEnumerable<string> texts => new NpgsqlParameter<string[]> { TypedValue = [.. texts] },
        _ => throw new ArgumentException($"A value of the type {value?.GetType()} cannot be a parameter.", nameof(value)),
    };

    private static Ulid ReadId(NpgsqlDataReader reader) => new(reader.GetGuid(0));

    private static string Suffix(RowLock rowLock) => rowLock switch
    {
        RowLock.KeyShare => "\nFOR KEY SHARE",
        RowLock.Share => "\nFOR SHARE",
        RowLock.Change => "\nFOR NO KEY UPDATE",
        RowLock.Delete => "\nFOR UPDATE",
        _ => "",
    };
}
