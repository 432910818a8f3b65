namespace Thena.Accounts.Postgres.Tenancy;

/// <summary>The organization of a scope. The database layer assigns new rows to it and filters queries by it.</summary>
public sealed class CurrentOrganization
{
    private Ulid? _id;

    /// <summary>The ID of the organization.</summary>
    /// <exception cref="InvalidOperationException">No organization has been chosen, so no data can be accessed.</exception>
    public Ulid Id => _id ?? throw new InvalidOperationException("No organization has been chosen in this scope.");

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
