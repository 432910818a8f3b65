using Npgsql;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Idempotency;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.ReferenceData;

namespace Thena.Accounts.Postgres.Writing;

/// <summary>How a unit ends, at the hands of <see cref="Writes"/>.</summary>
public sealed partial class Unit
{
    /// <summary>Makes the changes of the records that have been written.</summary>
    internal void MakeChanges() => _changes.MakeChanges(References, Stamp.Now);

    /// <summary>
    /// Ends the transaction: writes the changes, checks the reference data, and commits unless the response is still to be stored in it.
    /// </summary>
    internal async Task FinishAsync()
    {
        _statements.Add(_changes.Statements(_context.Tables, OrganizationId));
        if (References.IsUsed)
        {
            _statements.Read(ReferenceVersion.CreateCheck(OrganizationId, References.Version), _ => { });
        }

        if (_changesReferences)
        {
            // Last, as in every transaction: the row is locked from here to the commit.
            _statements.Add(ReferenceVersion.CreateChange(OrganizationId));
        }

        if (Claim is null && !_context.Origin.IsTrial)
        {
            Commit();
        }

        await (_unmadeClaim is null ? SendAsync() : SendAllAsync());
        TellOfChanges();
    }

    /// <summary>Stores the response and commits, in one round trip.</summary>
    internal async Task StoreAndCommitAsync(SerializedResponse response)
    {
        _statements.Add(Claim!.CreateUpdate(response));
        Commit();
        await SendAsync();
        TellOfChanges();
    }

    /// <summary>Whether the reference data are still those of the database. Decides whether a refusal that used them holds.</summary>
    internal async Task<bool> HasCurrentReferencesAsync()
    {
        _statements = new Statements();
        var versions = _statements.Read(ReferenceVersion.CreateSelect(OrganizationId), row => row.GetGuid(0));
        await SendAsync();
        return ReferenceVersion.Of(versions) == References.Version;
    }

    /// <summary>Finds the record that already has the values of a unique index that a record of the unit would get.</summary>
    internal async Task<Ulid?> FindExistingAsync<T>(string index)
        where T : TenantEntity
    {
        var found = _written.OfType<T>().Select(record => _statements.Read(
            _context.Tables.Of<T>().FindOther(OrganizationId, index, record), reader => new Ulid(reader.GetGuid(0)))).ToList();
        await SendAsync();
        return found.SelectMany(ids => ids).Cast<Ulid?>().FirstOrDefault();
    }

    /// <summary>Rolls back what has not been committed, and gives the connection back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            try
            {
                await _connection.DisposeAsync();
            }
            catch (NpgsqlException)
            {
                // It was lost before the end of the transaction, which PostgreSQL rolls back then.
            }
        }
    }

    /// <summary>Closes the connection, which rolls back what has not been committed.</summary>
    internal void Abandon() => _connection?.Dispose();

    private void TellOfChanges()
    {
        if (MayBeCommitted && _changes.HasChanges)
        {
            _context.Signal.Raise(OrganizationId);
        }
    }

    private void Commit()
    {
        MayBeCommitted = true;
        _statements.Add(new NpgsqlBatchCommand("commit"));
    }
}
