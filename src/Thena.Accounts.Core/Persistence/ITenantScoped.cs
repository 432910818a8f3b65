namespace Thena.Accounts.Core.Persistence;

/// <summary>A row that belongs to an organization. Its key starts with the organization, which is stamped when the row is added.</summary>
public interface ITenantScoped
{
    /// <summary>The organization that owns the row.</summary>
    Ulid OrganizationId { get; }
}
