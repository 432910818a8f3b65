using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Thena.Accounts.Postgres.Connections;

/// <summary>Opens the connections of the context through the <see cref="ConnectionGate"/>.</summary>
internal sealed class ConnectionGateInterceptor(ConnectionGate gate) : DbConnectionInterceptor
{
    public override async ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        await gate.OpenAsync(connection, cancellationToken);
        return InterceptionResult.Suppress();
    }
}
