using System.Data.Common;
using System.Globalization;
using Npgsql;
using Thena.Accounts.Postgres.Changes;
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
    private readonly Dictionary<TenantEntity, Tracked> _tracked = new(ReferenceEqualityComparer.Instance);
    private readonly List<TenantEntity> _written = [];
    private readonly ChangeRecorder _changes;
    private NpgsqlConnection? _connection;
    private Statements _statements = new();
    private string? _transactionStatement = "begin isolation level read committed";
    private Claim? _unmadeClaim;
    private bool _changesReferences;
    private DateTimeOffset _lastDeletion;

    internal Unit(UnitContext context, References references, CancellationToken cancellationToken)
    {
        (_context, References, _cancellationToken) = (context, references, cancellationToken);
        _changes = context.NewRecorder();
        references.ForgetWritten();
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

    /// <summary>Locks records and reads them; those to change or delete with their parts.</summary>
    /// <param name="query">The records.</param>
    /// <param name="rowLock">How they are locked.</param>
    /// <param name="order">The property by which they are ordered and locked. All units use the same one, to prevent deadlocks.</param>
    /// <param name="limit">The largest number of records to lock, if there is one.</param>
    /// <returns>The records, filled by <see cref="SendAsync"/>.</returns>
    public IReadOnlyList<T> Lock<T>(Query<T> query, RowLock rowLock, string order = nameof(TenantEntity.Id), int? limit = null)
        where T : TenantEntity
    {
        var (selection, changes) = (query.Selection, rowLock is RowLock.Change or RowLock.Delete);
        var condition = $"where {query.Conditions.Sql} order by r.{selection.Table.ColumnOf(order)}"
            + (limit is { } most ? string.Create(CultureInfo.InvariantCulture, $" limit {most}") : "");
        var found = _statements.Read(
            query.Conditions.CreateCommand($"{selection.Sql(selection.Table.Name, [])} {condition}{rowLock.Sql()}"),
            reader => Track(selection.Read(reader, OrganizationId, [])));

        // In later statements, which see what has been committed while this one waited for a lock.
        foreach (var parts in changes ? query.Parts(References) : [])
        {
            Dictionary<Ulid, T>? byId = null;
            _statements.Read(
                query.Conditions.CreateCommand(parts.Select($"select r.id from {selection.Table.Name} r {condition}")),
                reader =>
                {
                    byId ??= found.ToDictionary(record => record.Id);
                    if (byId.TryGetValue(parts.ReadOwner(reader), out var record))
                    {
                        parts.ReadRow(reader, record);
                        parts.ReadRow(reader, (T)_tracked[record].Saved);
                    }
                });
        }

        return found;
    }

    /// <summary>
    /// Locks records, and reads them in a later statement, without their parts. So the result has the records that another unit has created
    /// while this one waited.
    /// </summary>
    /// <inheritdoc cref="Lock{T}(Query{T}, RowLock, string, int?)"/>
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
        where T : TenantEntity => _context.Tables.Of<T>().HasChanged((T)_tracked[record].Saved, record);

    /// <summary>Checks that a locked record has a version that the client accepts.</summary>
    /// <returns>The error if it has not, or <see langword="null"/>.</returns>
    public Error? Check(TenantEntity record) =>
        _context.Conditions.Accept(_tracked[record].Saved.UpdatedAt) ? null : Writes.VersionChanged;

    /// <summary>
    /// Reads rows in SQL, whose values become parameters. For what belongs to no entity, such as the name of a locked account.
    /// </summary>
    /// <returns>The rows, filled by <see cref="SendAsync"/>.</returns>
    public IReadOnlyList<TRow> Read<TRow>(FormattableString sql, Func<DbDataReader, TRow> readRow) =>
        _statements.Read(Parameters.Command(sql), reader => readRow(reader));

    /// <summary>Adds a statement in SQL that returns no rows. Its values become parameters.</summary>
    public void Execute(FormattableString sql)
    {
        HasWritten = true;
        _statements.Add(Parameters.Command(sql));
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

    private void Add(NpgsqlBatchCommand? statement)
    {
        if (statement is not null)
        {
            _statements.Add(statement);
        }
    }
}
