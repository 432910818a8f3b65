using System.Collections;
using System.Data.Common;
using Npgsql;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Idempotency;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.ReferenceData;
using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Postgres.Writing;

/// <summary>
/// One attempt of one write: a transaction, made anew for each attempt. A use case gives it statements and sends them in as few round trips
/// as it has decisions: first what it locks and reads, then what it writes. <see cref="Writes"/> adds the claim on the idempotency key in
/// front, and the check of the reference data, the response and the commit at the end.
/// </summary>
/// <remarks>
/// Rows are locked in a fixed order. Values that decisions depend on are read in a later statement than a lock that may have waited: under
/// READ COMMITTED, a statement that waited still sees all other rows as they were before the wait (ADR 10).
/// </remarks>
public sealed partial class Unit : IAsyncDisposable
{
    private readonly UnitContext _context;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<TenantEntity, Before> _before = new(ReferenceEqualityComparer.Instance);
    private readonly List<TenantEntity> _written = [];
    private NpgsqlConnection? _connection;
    private Statements _statements = new();
    private string? _transactionStatement = "begin isolation level read committed";
    private Claim? _unmadeClaim;
    private bool _changesReferences;

    internal Unit(UnitContext context, References references, CancellationToken cancellationToken)
    {
        (_context, References, _cancellationToken) = (context, references, cancellationToken);
        _unmadeClaim = Claim = context.Conditions.IdempotencyKey is { } key ? new Claim(key, context.Organization.Caller) : null;
    }

    /// <summary>The reference data of the organization.</summary>
    public References References { get; }

    /// <summary>The organization.</summary>
    public Ulid OrganizationId => _context.Organization.Id;

    /// <summary>Sets what no request can set.</summary>
    public Stamp Stamp => _context.Stamp;

    /// <summary>Whether records are copied from elsewhere, so that they are complete and get no default values.</summary>
    public bool IsCopy => _context.Origin.IsCopy;

    /// <summary>Whether updates add custom field values and accounts to those that a record has, instead of replacing them.</summary>
    public bool AddsToLists => _context.Origin.AddsToLists;

    /// <summary>The claim on the idempotency key, if the request has one.</summary>
    internal Claim? Claim { get; }

    /// <summary>Whether anything has been written.</summary>
    internal bool HasWritten { get; private set; }

    /// <summary>Whether the commit has been sent, so that the unit may have taken effect.</summary>
    internal bool MayBeCommitted { get; private set; }

    /// <summary>Starts a query for records to lock.</summary>
    public Query<T> Of<T>()
        where T : TenantEntity => new(_context.Tables.SelectionOf<T>(), OrganizationId);

    /// <summary>Locks records and reads them, without their parts.</summary>
    /// <param name="query">The records.</param>
    /// <param name="rowLock">How they are locked.</param>
    /// <param name="order">The property by which they are ordered and locked. All units use the same one, to prevent deadlocks.</param>
    /// <returns>The records, filled by <see cref="SendAsync"/>.</returns>
    public IReadOnlyList<T> Lock<T>(Query<T> query, RowLock rowLock, string order = nameof(TenantEntity.Id))
        where T : TenantEntity
    {
        var selection = query.Selection;
        return _statements.Read(
            query.Conditions.CreateCommand(
                $"{selection.Sql(selection.Table.Name, [])} where {query.Conditions.Sql}"
                + $" order by r.{selection.Table.ColumnOf(order)}{rowLock.Sql()}"),
            reader => Track(selection.Read(reader, OrganizationId, [])));
    }

    /// <summary>Locks one record and reads it with its parts.</summary>
    /// <param name="query">The query, which leaves out what the caller may not see.</param>
    /// <param name="id">The ID of the record.</param>
    /// <param name="rowLock">How it is locked.</param>
    /// <returns>The record or none, filled by <see cref="SendAsync"/>.</returns>
    public IReadOnlyList<T> LockOne<T>(Query<T> query, Ulid id, RowLock rowLock)
        where T : TenantEntity
    {
        var found = Lock(query.Where(nameof(TenantEntity.Id), id), rowLock);
        foreach (var parts in query.Selection.Parts.Where(parts => parts.Needs is null || References.MayHave(parts.Needs)))
        {
            _statements.Read(parts.Select(OrganizationId, id), reader =>
            {
                if (found is [var record])
                {
                    parts.ReadRow(reader, OrganizationId, record);
                    _before[record] = CopyOf(record);
                }
            });
        }

        return found;
    }

    /// <summary>
    /// Locks records, and reads them in a later statement, without their parts. So the result has the records that another unit has created
    /// while this one waited.
    /// </summary>
    /// <inheritdoc cref="Lock{T}(Query{T}, RowLock, string)"/>
    public IReadOnlyList<T> LockThenRead<T>(Query<T> query, RowLock rowLock)
        where T : TenantEntity
    {
        var table = query.Selection.Table;
        _statements.Read(
            query.Conditions.CreateCommand($"select r.id from {table.Name} r where {query.Conditions.Sql} order by r.id{rowLock.Sql()}"),
            _ => { });
        return Lock(query, RowLock.None);
    }

    /// <summary>Counts records.</summary>
    /// <returns>The number, filled by <see cref="SendAsync"/>.</returns>
    public IReadOnlyList<long> Count<T>(Query<T> query)
        where T : TenantEntity => _statements.Read(
        query.Conditions.CreateCommand($"select count(*) from {query.Selection.Table.Name} r where {query.Conditions.Sql}"),
        reader => reader.GetInt64(0));

    /// <summary>Whether a locked record, without its parts, has been changed.</summary>
    public bool HasChanged<T>(T record)
        where T : TenantEntity => _context.Tables.Of<T>().HasChanged((T)_before[record].Record, record);

    /// <summary>Checks that a locked record has a version that the client accepts.</summary>
    /// <returns>The error if it has not, or <see langword="null"/>.</returns>
    public Error? Check(TenantEntity record) =>
        _context.Conditions.Accept(_before[record].Record.UpdatedAt) ? null : Writes.VersionChanged;

    /// <summary>
    /// Reads rows in SQL, whose values become parameters. For what belongs to no entity, such as the name of a locked account.
    /// </summary>
    /// <returns>The rows, filled by <see cref="SendAsync"/>.</returns>
    public IReadOnlyList<TRow> Read<TRow>(FormattableString sql, Func<DbDataReader, TRow> readRow) =>
        _statements.Read(Parameters.Command(sql), reader => readRow(reader));

    /// <summary>Adds a statement in SQL that returns no rows. Its values become parameters.</summary>
    public void Execute(FormattableString sql) => _statements.Add(Parameters.Command(sql));

    /// <summary>Inserts a new record, which has been stamped, with its parts.</summary>
    public void Insert<T>(T record)
        where T : TenantEntity
    {
        if (_context.Origin.Record is not null)
        {
            _context.Origin.Complete(record);
            record.StampUpdate(_context.Origin.UpdatedAt);
        }

        record.StampNew(OrganizationId);
        Write(record, _context.Tables.Of<T>().Insert(OrganizationId, record));
        Add(_context.Tables.UpdateTimesOf<T>()?.Insert(OrganizationId, [record]));
        _statements.Add(_context.Tables.PartsOf<T>().Select(parts => parts.Insert(OrganizationId, [record])).OfType<NpgsqlBatchCommand>());
        if (_context.Origin.Record is { } imported)
        {
            _statements.Add(_context.Tables.Of<ImportedRecord>().Insert(OrganizationId, imported));
        }
    }

    /// <summary>
    /// Writes what has changed in a record that the unit has locked, and in its parts. If anything has, the record gets a new version.
    /// </summary>
    public void Update<T>(T record)
        where T : TenantEntity
    {
        var before = _before[record];
        _context.Origin.Complete(record);
        List<NpgsqlBatchCommand> changes =
        [
            .. _context.Tables.PartsOf<T>().SelectMany((parts, index) => parts.Change(OrganizationId, before.Parts[index], record)),
        ];
        if (changes.Count == 0 && !HasChanged(record) && !_context.Origin.IsOutdated(record))
        {
            return;
        }

        Touch(record);
        _statements.Add(changes);
    }

    /// <summary>Marks a record that the unit has locked as changed, because something that is shown with it has.</summary>
    public void Touch<T>(T record)
        where T : TenantEntity
    {
        var before = (T)_before[record].Record;
        Stamp.Changed(record);

        // An import that has written the record already keeps its version.
        if (_context.Tables.Of<T>().Update(OrganizationId, before, record) is { } update)
        {
            Write(record, update);
            Add(_context.Tables.UpdateTimesOf<T>()?.Update(OrganizationId, before, record));
        }

        _before[record] = CopyOf(record);
    }

    /// <summary>Deletes a record that the unit has locked for that. It stays in its table.</summary>
    public void Delete<T>(T record)
        where T : TenantEntity
    {
        var before = _before[record];
        record.StampDeletion(Stamp.Now);
        Write(record, _context.Tables.Of<T>().Update(OrganizationId, (T)before.Record, record)!);
        Add(_context.Tables.UpdateTimesOf<T>()?.Remove(OrganizationId, record));
    }

    /// <summary>
    /// Sends the statements that have been added, if there are any, in one round trip. The first ones begin the transaction and claim the
    /// idempotency key. Those after a fault roll it back first, so that they run outside of any transaction.
    /// </summary>
    /// <exception cref="ClaimRefusedException">The idempotency key of the request belongs to another transaction.</exception>
    public Task SendAsync() => _statements.IsEmpty ? Task.CompletedTask : SendAllAsync();

    private async Task SendAllAsync()
    {
        var (added, claim, statements) = (_statements, _unmadeClaim, new Statements());
        if (_transactionStatement is not null)
        {
            // In one message with the rest. NpgsqlTransaction would send a message of its own, which PostgreSQL answers on its own.
            statements.Add(new NpgsqlBatchCommand(_transactionStatement));
        }

        claim?.AddTo(statements, _context.Options.LockTimeoutSeconds);
        statements.Add(added);
        (_statements, _unmadeClaim, _transactionStatement) = (new Statements(), null, null);
        _connection ??= await _context.Connections.OpenAsync(_cancellationToken);
        try
        {
            await statements.SendAsync(_connection, SecondsLeft, _cancellationToken);
        }
        catch (Exception fault)
        {
            _transactionStatement = "rollback";
            _context.Connections.Note(_connection, fault);

            // The record that is there already may be the one that the same request has created before.
            claim?.Check();
            if (fault is PostgresException refusal && claim?.IsHeld(refusal) == true)
            {
                throw new ClaimRefusedException(ClaimRefusal.StillRunning);
            }

            throw;
        }

        claim?.CheckHeld();
    }

    /// <summary>
    /// The limit of statements: what is left of the time of the request, if that is less than usual. Npgsql does not stop a transaction
    /// that waits for its beginning otherwise.
    /// </summary>
    private int SecondsLeft => _context.Deadline.SecondsLeft is { } left
        ? Math.Min(left, _connection!.CommandTimeout)
        : _connection!.CommandTimeout;

    private void Write(TenantEntity record, NpgsqlBatchCommand statement)
    {
        HasWritten = true;
        _changesReferences |= record is IReferenceData;
        _written.Add(record);
        _statements.Add(statement);
    }

    private void Add(NpgsqlBatchCommand? statement)
    {
        if (statement is not null)
        {
            _statements.Add(statement);
        }
    }

    private T Track<T>(T record)
        where T : TenantEntity
    {
        _before[record] = CopyOf(record);
        return record;
    }

    private Before CopyOf<T>(T record)
        where T : TenantEntity =>
        new(Table<T>.Copy(record), [.. _context.Tables.PartsOf<T>().Select(parts => parts.Copy(record))]);

    private sealed record Before(TenantEntity Record, IReadOnlyList<IList> Parts);
}
