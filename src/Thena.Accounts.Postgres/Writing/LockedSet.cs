using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Reading;

namespace Thena.Accounts.Postgres.Writing;

/// <summary>
/// All records of a query, which a unit changes together: in portions, so that neither their number nor their size matters to the server.
/// The first portion is locked and read with the statements that the unit sends next, so a small set takes no round trip of its own.
/// </summary>
public abstract class LockedSet
{
    /// <summary>Changes all records of the set. Called after the unit has sent its statements.</summary>
    public abstract Task ChangeAsync();
}

/// <inheritdoc/>
/// <typeparam name="T">The kind of records.</typeparam>
internal sealed class LockedSet<T> : LockedSet
    where T : TenantEntity
{
    private const int PortionSize = 1_000;

    private readonly Unit _unit;
    private readonly Query<T> _query;
    private readonly RowLock _rowLock;
    private readonly string _order;
    private readonly Action<IReadOnlyList<T>> _write;
    private IReadOnlyList<T> _portion;

    /// <summary>Locks and reads the first portion.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="query">The records. They no longer match it when they are written.</param>
    /// <param name="rowLock">How they are locked.</param>
    /// <param name="order">The property in whose order they are locked.</param>
    /// <param name="write">Changes and writes some of the records.</param>
    public LockedSet(Unit unit, Query<T> query, RowLock rowLock, string order, Action<IReadOnlyList<T>> write)
    {
        (_unit, _query, _rowLock, _order, _write) = (unit, query, rowLock, order, write);
        _portion = LockPortion();
    }

    /// <inheritdoc/>
    public override async Task ChangeAsync()
    {
        while (true)
        {
            _write(_portion);
            if (_portion.Count < PortionSize)
            {
                return;
            }

            _unit.WriteChanges(_portion);
            _portion = LockPortion();
            await _unit.SendAsync();
        }
    }

    private IReadOnlyList<T> LockPortion() => _unit.Lock(_query, _rowLock, _order, PortionSize);
}
