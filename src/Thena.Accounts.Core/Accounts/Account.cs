using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Accounts;

/// <summary>A customer, found by its domain (contract: Accounts).</summary>
public sealed class Account : TenantEntity
{
    /// <summary>What <see cref="Source"/> is when none is given.</summary>
    public const string DefaultSource = "manual";

    /// <summary>The account's name.</summary>
    public required string Name { get; set; }

    /// <summary>
    /// Its domain in stored form (<see cref="Normalization.DomainName"/>), unique among the organization's living accounts.
    /// </summary>
    public required string PrimaryDomain { get; set; }

    /// <summary>A further domain in stored form.</summary>
    public string? SecondaryDomain { get; set; }

    /// <summary>What there is to say about it.</summary>
    public string? Description { get; set; }

    /// <summary>Where the account came from.</summary>
    public string Source { get; set; } = DefaultSource;

    /// <summary>URL of its logo.</summary>
    public string? Logo { get; set; }

    /// <summary>URL of its web site.</summary>
    public string? Website { get; set; }

    /// <summary>Its status, if set.</summary>
    public Ulid? StatusId { get; set; }

    /// <summary>See <see cref="StatusId"/>.</summary>
    public AttributeValue? Status { get; set; }

    /// <summary>Its classification, if set.</summary>
    public Ulid? ClassificationId { get; set; }

    /// <summary>See <see cref="ClassificationId"/>.</summary>
    public AttributeValue? Classification { get; set; }

    /// <summary>Its health, if set.</summary>
    public Ulid? HealthId { get; set; }

    /// <summary>See <see cref="HealthId"/>.</summary>
    public AttributeValue? Health { get; set; }

    /// <summary>Its industry, if set.</summary>
    public Ulid? IndustryId { get; set; }

    /// <summary>See <see cref="IndustryId"/>.</summary>
    public AttributeValue? Industry { get; set; }

    /// <summary>The user who looks after it, if any.</summary>
    public Ulid? AccountOwnerId { get; set; }

    /// <summary>See <see cref="AccountOwnerId"/>.</summary>
    public User? AccountOwner { get; set; }

    /// <summary>Revenue a year, in the currency of the organization's choice.</summary>
    public decimal? AnnualRevenue { get; set; }

    /// <summary>How many people work for it.</summary>
    public int? Employees { get; set; }

    /// <summary>Where bills go.</summary>
    public string? BillingAddress { get; set; }

    /// <summary>Where goods go.</summary>
    public string? ShippingAddress { get; set; }

    /// <summary>The client's own data, a JSON object.</summary>
    public RawJson Metadata { get; set; } = RawJson.EmptyObject;

    /// <summary>Values of the organization's custom fields, in the order given.</summary>
    public List<AccountCustomFieldValue> CustomFieldValues { get; } = [];

    /// <summary>Name and domains in lower case: what <c>search</c> looks through and <c>sort=name</c> orders by.</summary>
    public string Search
    {
        get => SearchText(Name, PrimaryDomain, SecondaryDomain);
        private set => _ = value;
    }

    /// <summary>
    /// What stands between the parts of <see cref="Search"/>, so that no search finds the end of one and the start of the next.
    /// </summary>
    public const char SearchSeparator = '\u001F';

    /// <summary>See <see cref="Search"/>.</summary>
    public static string SearchText(string name, string primaryDomain, string? secondaryDomain) =>
        $"{name}{SearchSeparator}{primaryDomain}{SearchSeparator}{secondaryDomain}".ToLowerInvariant();
}

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    /// <summary>The primary domain is unique among the living accounts of an organization.</summary>
    public static readonly UniqueRule UniquePrimaryDomain = UniqueRule.Create<Account>(
        "ux_accounts_primary_domain",
        "An account with this primary domain already exists!",
        account => twin => twin.PrimaryDomain == account.PrimaryDomain);

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

        builder.HasIndex(account => new { account.OrganizationId, account.PrimaryDomain })
            .IsUnique().HasFilter(TenantEntityMapping.Living).HasDatabaseName(UniquePrimaryDomain.Index);
        builder.HasIndex(account => new { account.OrganizationId, account.SecondaryDomain })
            .HasFilter($"secondary_domain is not null and {TenantEntityMapping.Living}");
        builder.HasIndex(account => new { account.OrganizationId, account.Search })
            .HasMethod("gin").HasOperators(null!, "gin_trgm_ops").HasFilter(TenantEntityMapping.Living);
    }
}

/// <summary>The value that an account keeps for a custom field.</summary>
public sealed class AccountCustomFieldValue : CustomFieldValue
{
    /// <summary>The account.</summary>
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
