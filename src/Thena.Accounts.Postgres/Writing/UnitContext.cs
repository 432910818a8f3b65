using Thena.Accounts.Postgres.Changes;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Idempotency;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Postgres.Writing;

/// <summary>What all units of a scope share.</summary>
/// <param name="Tables">The tables.</param>
/// <param name="Connections">Opens connections.</param>
/// <param name="Organization">The organization of the scope.</param>
/// <param name="Conditions">The conditions of the request.</param>
/// <param name="Stamp">Sets what no request can set.</param>
/// <param name="NewRecorder">Creates what makes the changes of a unit.</param>
/// <param name="Signal">Tells the readers of changes.</param>
/// <param name="Deadline">The time that the request waits for the database.</param>
/// <param name="Options">The settings of the database.</param>
internal sealed record UnitContext(
    Tables Tables,
    DatabaseConnections Connections,
    CurrentOrganization Organization,
    RequestConditions Conditions,
    Stamp Stamp,
    Func<ChangeRecorder> NewRecorder,
    ChangeSignal Signal,
    DatabaseDeadline Deadline,
    DatabaseOptions Options)
{
    /// <summary>Where the records come from.</summary>
    public RecordOrigin Origin => Stamp.Origin;
}
