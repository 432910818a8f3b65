namespace Thena.Accounts.Postgres.Model;

/// <summary>A row that belongs to an organization. Its key starts with the organization's ID, which is set when the row is added.</summary>
public interface ITenantScoped
{
    /// <summary>The ID of the organization that owns the row.</summary>
    Ulid OrganizationId { get; }
}
