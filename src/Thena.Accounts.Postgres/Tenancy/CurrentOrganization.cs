namespace Thena.Accounts.Postgres.Tenancy;

/// <summary>The organization of a scope. The database layer assigns new rows to it and filters queries by it.</summary>
public sealed class CurrentOrganization
{
    private Ulid? _id;

    /// <summary>The ID of the organization.</summary>
    /// <exception cref="InvalidOperationException">No organization has been chosen, so no data can be accessed.</exception>
    public Ulid Id => _id ?? throw new InvalidOperationException("No organization has been chosen in this scope.");

    /// <summary>The ID of the organization, or null if none has been chosen.</summary>
    internal Ulid? ChosenId => _id;

    /// <summary>The caller of the request.</summary>
    /// <exception cref="InvalidOperationException">The scope has no caller, because it does not belong to a request.</exception>
    public Caller Caller { get => field ?? throw new InvalidOperationException("Nobody has called in this scope."); private set; }

    /// <summary>Sets the caller, and chooses the caller's organization.</summary>
    /// <exception cref="InvalidOperationException">Another organization has been chosen.</exception>
    public void Choose(Caller caller)
    {
        Choose(caller.OrganizationId);
        Caller = caller;
    }

    /// <summary>Chooses the organization. A scope cannot change it later.</summary>
    /// <exception cref="InvalidOperationException">Another organization has been chosen.</exception>
    public void Choose(Ulid organizationId)
    {
        if (_id is { } chosen && chosen != organizationId)
        {
            throw new InvalidOperationException("A scope cannot change its organization.");
        }

        _id = organizationId;
    }
}

/// <summary>The caller of a request: an API key, its user, and their organization.</summary>
/// <param name="OrganizationId">The ID of the organization. The request reads and writes only its data.</param>
/// <param name="Tier">The subscription tier of the organization.</param>
/// <param name="UserId">The ID of the user that the key belongs to.</param>
/// <param name="KeyId">The ID of the key.</param>
/// <param name="KeyPrefix">The first characters of the key, which can be logged.</param>
/// <param name="Scopes">The scopes of the key, as defined by the API.</param>
public sealed record Caller(
    Ulid OrganizationId,
    OrganizationTier Tier,
    Ulid UserId,
    Ulid KeyId,
    string KeyPrefix,
    IReadOnlyList<string> Scopes);

/// <summary>The subscription tier of an organization. The free tier can use every operation except the account operations.</summary>
public enum OrganizationTier
{
    /// <summary>The free tier.</summary>
    Free,

    /// <summary>The standard tier.</summary>
    Standard,

    /// <summary>The enterprise tier.</summary>
    Enterprise,
}
