using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Contacts;

/// <summary>That a contact belongs to an account. It ends with either of the two.</summary>
public sealed class AccountContact : ITenantScoped
{
    /// <inheritdoc/>
    public Ulid OrganizationId { get; private set; }

    /// <summary>The account.</summary>
    public required Ulid AccountId { get; init; }

    /// <summary>See <see cref="AccountId"/>.</summary>
    public Account? Account { get; private set; }

    /// <summary>The contact.</summary>
    public Ulid ContactId { get; init; }
}
