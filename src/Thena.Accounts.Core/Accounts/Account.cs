using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Accounts;

/// <summary>A customer, identified by its primary domain (contract: Accounts).</summary>
public sealed class Account : TenantEntity
{
    /// <summary>The default of <see cref="Source"/>.</summary>
    public const string DefaultSource = "manual";

    /// <summary>The account's name.</summary>
    public required string Name { get; set; }

    /// <summary>
    /// The primary domain, normalized by <see cref="Normalization.DomainName"/>. It is unique among the organization's living accounts.
    /// </summary>
    public required string PrimaryDomain { get; set; }

    /// <summary>The secondary domain, normalized like the primary one.</summary>
    public string? SecondaryDomain { get; set; }

    /// <summary>The description.</summary>
    public string? Description { get; set; }

    /// <summary>The origin of the account.</summary>
    public string Source { get; set; } = DefaultSource;

    /// <summary>The URL of the logo.</summary>
    public string? Logo { get; set; }

    /// <summary>The URL of the website.</summary>
    public string? Website { get; set; }

    /// <summary>The ID of the status, if set.</summary>
    public Ulid? StatusId { get; set; }

    /// <summary>The status.</summary>
    public AttributeValue? Status { get; set; }

    /// <summary>The ID of the classification, if set.</summary>
    public Ulid? ClassificationId { get; set; }

    /// <summary>The classification.</summary>
    public AttributeValue? Classification { get; set; }

    /// <summary>The ID of the health, if set.</summary>
    public Ulid? HealthId { get; set; }

    /// <summary>The health.</summary>
    public AttributeValue? Health { get; set; }

    /// <summary>The ID of the industry, if set.</summary>
    public Ulid? IndustryId { get; set; }

    /// <summary>The industry.</summary>
    public AttributeValue? Industry { get; set; }

    /// <summary>The ID of the user who owns the account, if any.</summary>
    public Ulid? AccountOwnerId { get; set; }

    /// <summary>The user who owns the account.</summary>
    public User? AccountOwner { get; set; }

    /// <summary>The annual revenue. The currency is not stored.</summary>
    public decimal? AnnualRevenue { get; set; }

    /// <summary>The number of employees.</summary>
    public int? Employees { get; set; }

    /// <summary>The billing address.</summary>
    public string? BillingAddress { get; set; }

    /// <summary>The shipping address.</summary>
    public string? ShippingAddress { get; set; }

    /// <summary>The client's own data, a JSON object.</summary>
    public RawJson Metadata { get; set; } = RawJson.EmptyObject;

    /// <summary>The values of custom fields, in the order given.</summary>
    public List<AccountCustomFieldValue> CustomFieldValues { get; } = [];

    /// <summary>The name and the domains in lower case. <c>search</c> looks through this text, and <c>sort=name</c> orders by it.</summary>
    public string Search
    {
        get => SearchText(Name, PrimaryDomain, SecondaryDomain);
        private set => _ = value;
    }

    /// <summary>
    /// Separates the parts of <see cref="Search"/>, so that no search term matches across two of them.
    /// </summary>
    public const char SearchSeparator = '\u001F';

    /// <summary>Builds the text of <see cref="Search"/>.</summary>
    public static string SearchText(string name, string primaryDomain, string? secondaryDomain) =>
        $"{name}{SearchSeparator}{primaryDomain}{SearchSeparator}{secondaryDomain}".ToLowerInvariant();
}

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    /// <summary>The primary domain is unique among the living accounts of an organization.</summary>
    public static readonly UniqueIndex<Account> UniquePrimaryDomain =
        new("ux_accounts_primary_domain", "An account with this primary domain already exists!");

    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("accounts");
        builder.HasRecordKey();
        builder.HasOne<Organization>().WithMany().HasForeignKey(account => account.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(account => account.AnnualRevenue).HasColumnType("numeric(19,4)");

        builder.HasReference(account => account.Status, account => new { account.OrganizationId, account.StatusId });
        builder.HasReference(account => account.Classification, account => new { account.OrganizationId, account.ClassificationId });
        builder.HasReference(account => account.Health, account => new { account.OrganizationId, account.HealthId });
        builder.HasReference(account => account.Industry, account => new { account.OrganizationId, account.IndustryId });
        builder.HasReference(account => account.AccountOwner, account => new { account.OrganizationId, account.AccountOwnerId });

        builder.HasListIndex(nameof(Account.Source));

        // Unset values come last: the indexes of annual revenue and employees are on expressions, which only the migration can name. So is
        // the index of the text for searches (SearchGrams).
        builder.HasListIndex(nameof(Account.Search));

        builder.HasIndex(account => new { account.OrganizationId, account.PrimaryDomain })
            .IsUnique().HasFilter(TenantEntityMapping.Living).HasDatabaseName(UniquePrimaryDomain.Name);
        builder.HasIndex(account => new { account.OrganizationId, account.SecondaryDomain })
            .HasFilter($"secondary_domain is not null and {TenantEntityMapping.Living}");
    }
}

internal sealed class AccountUpdateTimeConfiguration() : UpdateTimeConfiguration<Account>("account_update_times");

/// <summary>The value of a custom field for an account.</summary>
public sealed class AccountCustomFieldValue : CustomFieldValue
{
    /// <summary>The ID of the account.</summary>
    public Ulid AccountId { get; init; }
}

internal sealed class AccountCustomFieldValueConfiguration : IEntityTypeConfiguration<AccountCustomFieldValue>
{
    public void Configure(EntityTypeBuilder<AccountCustomFieldValue> builder)
    {
        builder.ToTable("account_custom_field_values");
        builder.HasKey(value => new { value.OrganizationId, value.AccountId, value.CustomFieldId });
        builder.HasOne<Account>().WithMany(account => account.CustomFieldValues)
            .HasForeignKey(value => new { value.OrganizationId, value.AccountId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(value => value.CustomField).WithMany()
            .HasForeignKey(value => new { value.OrganizationId, value.CustomFieldId }).OnDelete(DeleteBehavior.Restrict);
    }
}
