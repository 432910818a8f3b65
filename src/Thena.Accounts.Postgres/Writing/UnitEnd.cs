using Npgsql;
using Thena.Accounts.Postgres.Idempotency;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.ReferenceData;

namespace Thena.Accounts.Postgres.Writing;

/// <summary>How a unit ends, at the hands of <see cref="Writes"/>.</summary>
public sealed partial class Unit
{
    /// <summary>Ends the transaction: checks the reference data, and commits unless the response is still to be stored in it.</summary>
    internal async Task FinishAsync()
    {
        if (_changesReferences)
        {
            // Last, as in every transaction: the row is locked from here to the commit.
            _statements.Add(ReferenceVersion.CreateChange(OrganizationId));
        }
        else if (References.IsUsed)
        {
            _statements.Read(ReferenceVersion.CreateCheck(OrganizationId, References.Version), _ => { });
        }

        if (Claim is null && !_context.Origin.IsTrial)
        {
            Commit();
        }

        await (_unmadeClaim is null ? SendAsync() : SendAllAsync());
    }

    /// <summary>Stores the response and commits, in one round trip.</summary>
    internal Task StoreAndCommitAsync(SerializedResponse response)
    {
        _statements.Add(Claim!.CreateUpdate(response));
        Commit();
        return SendAsync();
    }

    /// <summary>Whether the reference data are still those of the database. Decides whether a refusal that used them holds.</summary>
    internal async Task<bool> HasCurrentReferencesAsync()
    {
        _statements = new Statements();
        var versions = Read($"select version from reference_versions where organization_id = {OrganizationId}", row => row.GetGuid(0));
        await SendAsync();
        return (versions is [var version] ? version : Guid.Empty) == References.Version;
    }

    /// <summary>Finds the record that violates a unique index together with the one that the unit has written, after its end.</summary>
    internal async Task<Ulid?> FindTwinAsync<T>(string index)
        where T : TenantEntity
    {
        foreach (var record in _written.OfType<T>())
        {
            _statements = new Statements();
            var found = _statements.Read(
                _context.Tables.Of<T>().FindTwin(OrganizationId, index, record), reader => new Ulid(reader.GetGuid(0)));
            await RollBackAsync();
            await SendAsync();
            if (found is [var twin, ..])
            {
                return twin;
            }
        }

        return null;
    }

    /// <summary>Rolls back what has not been committed, and gives the connection back.</summary>
    public async ValueTask DisposeAsync()
    {
        await RollBackAsync();
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }

    /// <summary>Closes the connection, which rolls back what has not been committed.</summary>
    internal void Abandon() => _connection?.Dispose();

    /// <summary>Rolls back what has not been committed. The unit can only read from then on.</summary>
    internal async Task RollBackAsync()
    {
        if (_transaction is not null)
        {
            await _transaction.DisposeAsync();
            _transaction = null;
        }
    }

    private void Commit()
    {
        MayBeCommitted = true;
        _statements.Add(new NpgsqlBatchCommand("commit"));
    }
}
