using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Kinds;

namespace Thena.Accounts.Core.Organizations;

/// <summary>Users, for what handles all kinds of records. The API does not show them.</summary>
public sealed class UserKind : RecordKind<User, ExportedUser>
{
    /// <summary>The name of the kind.</summary>
    public const string Plural = SharedKinds.Users;

    /// <summary>Creates the descriptor.</summary>
    public UserKind()
        : base(Plural, path: "", UserJson.Default, (user, _) => ExportedUser.From(user))
    {
    }

    /// <inheritdoc/>
    public override void Register(IServiceCollection services)
    {
    }
}
