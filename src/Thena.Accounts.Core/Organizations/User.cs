using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Organizations;

/// <summary>A person who works for an organization. Users own accounts, write notes and get tasks; API keys act in their name.</summary>
public sealed class User : TenantEntity, IReferenceData
{
    /// <summary>The user's name.</summary>
    public required string Name { get; set; }

    /// <summary>The user's email address, as it was written.</summary>
    public required string Email { get; set; }

    /// <summary>The URL of the user's avatar, if known.</summary>
    public string? AvatarUrl { get; set; }

    /// <summary>
    /// The email address in the form of <see cref="EmailAddress.Key"/>. It is unique among the organization's living users.
    /// </summary>
    public string EmailKey
    {
        get => EmailAddress.Key(Email);
        private set => _ = value;
    }
}

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    /// <summary>The email address is unique among the users of an organization.</summary>
    public static readonly UniqueIndex<User> UniqueEmail =
        new("ux_users_email_key", "A user with this email address already exists in the organization.") { NamesExisting = false };

    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("users");
        builder.HasRecordKey();
        builder.HasOne<Organization>().WithMany().HasForeignKey(user => user.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(user => new { user.OrganizationId, user.EmailKey })
            .IsUnique()
            .HasFilter(TenantEntityMapping.Living)
            .HasDatabaseName(UniqueEmail.Name);
    }
}
