using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Thena.Accounts.Postgres.Connections;

/// <summary>Tells the <see cref="ConnectionGate"/> of the statements of Entity Framework that fail.</summary>
internal sealed class FailedCommandInterceptor(ConnectionGate gate) : DbCommandInterceptor
{
    public override Task CommandFailedAsync(
        DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        gate.Suspect(command.Connection, eventData.Exception);
        return Task.CompletedTask;
    }

    public override Task CommandCanceledAsync(
        DbCommand command, CommandEndEventData eventData, CancellationToken cancellationToken = default)
    {
        gate.Suspect(command.Connection, new OperationCanceledException(cancellationToken));
        return Task.CompletedTask;
    }
}
