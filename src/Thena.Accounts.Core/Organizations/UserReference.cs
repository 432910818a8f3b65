using Thena.Accounts.Core.Json;
using Thena.Accounts.Postgres.ReferenceData;

namespace Thena.Accounts.Core.Organizations;

/// <summary>A user as records show it.</summary>
internal readonly record struct UserReference(string? Id, string? Name, string? Email, string? AvatarUrl)
{
    /// <summary>Returns the user with an ID. The name is null if there is none.</summary>
    public static UserReference From(References references, Ulid? id)
    {
        var user = references.Get<User>(id);
        return new(id is { } known ? WireFormat.Id(known) : null, user?.Name, user?.Email, user?.AvatarUrl);
    }
}
