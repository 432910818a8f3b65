using Thena.Accounts.Core.Json;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Accounts;

/// <summary>The accounts that requests name by ID. They cannot be deleted until the unit ends.</summary>
internal sealed class NamedAccounts
{
    private readonly Lazy<Dictionary<Ulid, string>> _names;

    /// <summary>Adds the query to a unit, unless no account is named.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="ids">IDs, as the client wrote them.</param>
    public NamedAccounts(Unit unit, params IEnumerable<string?> ids)
    {
        var named = WireFormat.ParseIds(ids);
        var found = named.Count == 0
            ? []
            : unit.Read(
                $"""
                select r.id, r.name from accounts r
                where r.organization_id = {unit.OrganizationId} and r.id = any({named}) and r.deleted_at is null
                order by r.id for key share
                """,
                row => (Id: new Ulid(row.GetGuid(0)), Name: row.GetString(1)));
        _names = new(() => found.ToDictionary(account => account.Id, account => account.Name));
    }

    /// <summary>Returns the account that an ID names, or <see langword="null"/> if there is none.</summary>
    public (Ulid Id, string Name)? Find(string? id) =>
        WireFormat.TryParseId(id, out var named) && _names.Value.TryGetValue(named, out var name) ? (named, name) : null;
}
