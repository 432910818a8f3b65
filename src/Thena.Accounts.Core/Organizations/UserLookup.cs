using Thena.Accounts.Core.Common;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Organizations;

/// <summary>Finds the users of the organization that a request names.</summary>
internal sealed class UserLookup
{
    private readonly Lazy<Dictionary<Ulid, User>> _users;

    /// <summary>Adds the query to a batch; users found are held until the transaction ends.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="context">The database.</param>
    /// <param name="references">Ids, as the client wrote them.</param>
    public UserLookup(QueryBatch batch, AccountsDbContext context, IEnumerable<string?> references)
    {
        var ids = Wire.ParseIds(references);
        var found = ids.Count == 0 ? [] : batch.Add(context.Users.Where(user => ids.Contains(user.Id)).OrderBy(user => user.Id), RowLock.ForShare);
        _users = new(() => found.ToDictionary(user => user.Id));
    }

    /// <summary>The user with an id; <see langword="null"/> when there is none.</summary>
    public User? Find(string? reference) => _users.Value.GetValueOrDefault(Wire.IdOrNone(reference));
}
