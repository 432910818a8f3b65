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
