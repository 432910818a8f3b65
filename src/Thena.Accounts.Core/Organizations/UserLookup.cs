using Thena.Accounts.Core.Json;
using Thena.Accounts.Postgres.ReferenceData;

namespace Thena.Accounts.Core.Organizations;

/// <summary>Finds the users that requests name.</summary>
internal static class UserLookup
{
    /// <summary>Returns the ID of the user that a reference names, or <see langword="null"/> if there is none.</summary>
    public static Ulid? FindUser(this References references, string? reference) =>
        WireFormat.TryParseId(reference, out var id) ? references.Find<User>(id)?.Id : null;
}
