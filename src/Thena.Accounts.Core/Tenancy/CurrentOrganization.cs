namespace Thena.Accounts.Core.Tenancy;

/// <summary>The organization of a scope. The database layer stamps and filters everything by it.</summary>
public sealed class CurrentOrganization
{
    private Ulid? _id;

    /// <summary>The organization.</summary>
    /// <exception cref="InvalidOperationException">None has been chosen: no data of any organization is within reach.</exception>
    public Ulid Id => _id ?? throw new InvalidOperationException("No organization has been chosen in this scope.");

    /// <summary>Who acts for the organization.</summary>
    /// <exception cref="InvalidOperationException">Nobody does: this is no request.</exception>
    public Caller Caller { get => field ?? throw new InvalidOperationException("Nobody has called in this scope."); private set; }

    /// <summary>Chooses the organization of a caller.</summary>
    /// <exception cref="InvalidOperationException">Another one has been chosen.</exception>
    public void Choose(Caller caller)
    {
        Choose(caller.OrganizationId);
        Caller = caller;
    }

    /// <summary>Chooses the organization, once in a scope.</summary>
    /// <exception cref="InvalidOperationException">Another one has been chosen.</exception>
    public void Choose(Ulid organizationId)
    {
        if (_id is { } chosen && chosen != organizationId)
        {
            throw new InvalidOperationException("A scope cannot change its organization.");
        }

        _id = organizationId;
    }
}

/// <summary>On whose behalf the work of this scope is done: the user of an organization that a key belongs to.</summary>
/// <param name="OrganizationId">The organization; everything this scope reads and writes is its own.</param>
/// <param name="Tier">What the organization has subscribed to.</param>
/// <param name="UserId">The user.</param>
/// <param name="KeyId">The key.</param>
/// <param name="KeyPrefix">The first characters of the key, which may be logged.</param>
/// <param name="Scopes">What the key may do, see <see cref="Organizations.ApiKeyScopes"/>.</param>
public sealed record Caller(
    Ulid OrganizationId,
    OrganizationTier Tier,
    Ulid UserId,
    Ulid KeyId,
    string KeyPrefix,
    IReadOnlyList<string> Scopes);

/// <summary>What an organization has subscribed to. The free tier reaches everything but the account operations themselves.</summary>
public enum OrganizationTier
{
    /// <summary><c>free</c></summary>
    Free,

    /// <summary><c>standard</c></summary>
    Standard,

    /// <summary><c>enterprise</c></summary>
    Enterprise,
}
