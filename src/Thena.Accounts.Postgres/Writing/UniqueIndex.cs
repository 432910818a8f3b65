using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Postgres.Writing;

/// <summary>A unique index of a kind of records, and the conflict (409) if a record would violate it.</summary>
/// <param name="Name">The name of the index in the database.</param>
/// <param name="Message">The message of the conflict.</param>
public abstract record UniqueIndex(string Name, string Message)
{
    /// <summary>Returns the conflict, which names the existing record if it is known.</summary>
    internal Error ToError(Ulid? existingId) => Error.Conflict(Message) with { ExistingId = existingId?.ToString() };

    /// <summary>Finds the existing record, after the transaction.</summary>
    internal abstract Task<Ulid?> FindExistingAsync(Unit unit);
}

/// <inheritdoc/>
/// <typeparam name="T">The kind of records.</typeparam>
public sealed record UniqueIndex<T>(string Name, string Message) : UniqueIndex(Name, Message)
    where T : TenantEntity
{
    /// <summary>Whether the conflict names the existing record.</summary>
    public bool NamesExisting { get; init; } = true;

    /// <inheritdoc/>
    internal override async Task<Ulid?> FindExistingAsync(Unit unit) => NamesExisting ? await unit.FindExistingAsync<T>(Name) : null;
}
