using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Activities;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Notes;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Relationships;
using Thena.Accounts.Core.Tasks;
using Thena.Accounts.Core.Tenancy;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Persistence;

/// <summary>
/// The database. Every query sees living rows of the scope's organization alone, unless it names the filter it leaves out:
/// <see cref="OrganizationFilter"/> or <see cref="SoftDeleteFilter"/>.
/// </summary>
public sealed class AccountsDbContext : DbContext
{
    /// <summary>The filter that keeps organizations apart.</summary>
    public const string OrganizationFilter = "Organization";

    /// <summary>The filter that hides deleted rows.</summary>
    public const string SoftDeleteFilter = "SoftDelete";

    private readonly CurrentOrganization _organization;
    private bool _stampsNewRows;

    /// <summary>Opens the database for the organization of a scope.</summary>
    public AccountsDbContext(DbContextOptions<AccountsDbContext> options, CurrentOrganization organization, IdGenerator ids)
        : base(options)
    {
        _organization = organization;
        Ids = ids;
    }

    /// <summary>The organization whose rows are within reach.</summary>
    /// <exception cref="InvalidOperationException">The scope has no organization.</exception>
    public Ulid OrganizationId => _organization.Id;

    /// <summary>Organizations; not filtered, as they are what everything else is filtered by.</summary>
    public DbSet<Organization> Organizations => Set<Organization>();

    /// <summary>Keys; not filtered, as a key is looked up before its organization is known.</summary>
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    /// <summary>Users of the organization.</summary>
    public DbSet<User> Users => Set<User>();

    /// <summary>The organization's pick lists.</summary>
    public DbSet<AttributeValue> AttributeValues => Set<AttributeValue>();

    /// <summary>The organization's accounts.</summary>
    public DbSet<Account> Accounts => Set<Account>();

    /// <summary>Values of custom fields that accounts keep.</summary>
    public DbSet<AccountCustomFieldValue> AccountCustomFieldValues => Set<AccountCustomFieldValue>();

    /// <summary>The organization's contacts.</summary>
    public DbSet<Contact> Contacts => Set<Contact>();

    /// <summary>Which contacts belong to which accounts.</summary>
    public DbSet<AccountContact> AccountContacts => Set<AccountContact>();

    /// <summary>Values of custom fields that contacts keep.</summary>
    public DbSet<ContactCustomFieldValue> ContactCustomFieldValues => Set<ContactCustomFieldValue>();

    /// <summary>What accounts can be to each other.</summary>
    public DbSet<RelationshipType> RelationshipTypes => Set<RelationshipType>();

    /// <summary>What accounts are to each other.</summary>
    public DbSet<Relationship> Relationships => Set<Relationship>();

    /// <summary>What happened with accounts.</summary>
    public DbSet<Activity> Activities => Set<Activity>();

    /// <summary>Which users take part in which activities.</summary>
    public DbSet<ActivityParticipant> ActivityParticipants => Set<ActivityParticipant>();

    /// <summary>What was written down about accounts.</summary>
    public DbSet<Note> Notes => Set<Note>();

    /// <summary>What is to be done for accounts.</summary>
    public DbSet<AccountTask> Tasks => Set<AccountTask>();

    /// <summary>Definitions of custom fields.</summary>
    public DbSet<CustomField> CustomFields => Set<CustomField>();

    internal IdGenerator Ids { get; }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Ulid>().HaveConversion<UlidConverter>();
        configurationBuilder.Properties<RawJson>().HaveConversion<RawJsonValueConverter>().HaveColumnType("json");
        configurationBuilder.Properties<AttachmentList>().HaveConversion<AttachmentListConverter>().HaveColumnType("jsonb");
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasPostgresExtension("btree_gin").HasPostgresExtension("pg_trgm");
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AccountsDbContext).Assembly);

        foreach (var type in modelBuilder.Model.GetEntityTypes().Select(type => type.ClrType).ToArray())
        {
            var builder = modelBuilder.Entity(type);
            if (typeof(ITenantScoped).IsAssignableFrom(type))
            {
                AddFilter(
                    builder,
                    OrganizationFilter,
                    nameof(ITenantScoped.OrganizationId),
                    Expression.Property(Expression.Constant(this), nameof(OrganizationId)));
            }

            if (typeof(TenantEntity).IsAssignableFrom(type))
            {
                AddFilter(builder, SoftDeleteFilter, nameof(TenantEntity.DeletedAt), Expression.Constant(null, typeof(DateTimeOffset?)));
            }
        }
    }

    /// <summary>
    /// Begins a transaction that writes. New rows get the organization as soon as they are added. Reads alone do not pay for setting this up.
    /// </summary>
    internal Task<IDbContextTransaction> BeginWriteAsync(CancellationToken cancellationToken)
    {
        if (!_stampsNewRows)
        {
            _stampsNewRows = true;
            ChangeTracker.Tracking += StampNewRow;

            // A failure rolls back the whole transaction, and a savepoint would only cost two round trips.
            Database.AutoSavepointsEnabled = false;
        }

        return Database.BeginTransactionAsync(cancellationToken);
    }

    /// <summary>Creates a command for the open connection and its transaction, if there is one.</summary>
    internal NpgsqlCommand CreateCommand(string sql = "") => new(
        sql, (NpgsqlConnection)Database.GetDbConnection(), (NpgsqlTransaction?)Database.CurrentTransaction?.GetDbTransaction());

    private void StampNewRow(object? sender, EntityTrackingEventArgs args)
    {
        if (args is { State: EntityState.Added, Entry.Entity: ITenantScoped row } && row.OrganizationId == default)
        {
            args.Entry.Property(nameof(ITenantScoped.OrganizationId)).CurrentValue = OrganizationId;
        }
    }

    private static void AddFilter(EntityTypeBuilder builder, string name, string property, Expression value)
    {
        var row = Expression.Parameter(builder.Metadata.ClrType, "row");
        builder.HasQueryFilter(name, Expression.Lambda(Expression.Equal(Expression.Property(row, property), value), row));
    }
}

/// <summary>Gives the tool that writes migrations a context. It compares models and connects to nothing.</summary>
internal sealed class DesignTimeAccountsDbContextFactory : IDesignTimeDbContextFactory<AccountsDbContext>
{
    public AccountsDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<AccountsDbContext>();
        options.UseAccountsDatabase(NpgsqlDataSource.Create("Host=localhost"));
        return new AccountsDbContext(options.Options, new CurrentOrganization(), new IdGenerator(TimeProvider.System));
    }
}

/// <summary>Configures the context, for the server and for the tool that writes migrations.</summary>
internal static class AccountsDbContextOptions
{
    /// <summary>How the context reaches the database, here and in the tool that writes migrations.</summary>
    public static DbContextOptionsBuilder UseAccountsDatabase(this DbContextOptionsBuilder options, NpgsqlDataSource dataSource) =>
        options
        .UseNpgsql(dataSource, npgsql => npgsql.MigrationsHistoryTable("migrations").MaxBatchSize(RequestRules.BulkMaxItems))
        .UseSnakeCaseNamingConvention()
        .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
        // The value of a deleted custom field is meant to vanish with its definition.
        .ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning));
}
