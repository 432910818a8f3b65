using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Migrations;
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
/// The database. Queries return only rows of the scope's organization that are not deleted. A query can ignore
/// <see cref="OrganizationFilter"/> or <see cref="SoftDeleteFilter"/> by name.
/// </summary>
public sealed class AccountsDbContext : DbContext
{
    /// <summary>The name of the filter that keeps organizations apart.</summary>
    public const string OrganizationFilter = "Organization";

    /// <summary>The name of the filter that hides deleted rows.</summary>
    public const string SoftDeleteFilter = "SoftDelete";

    private CurrentOrganization _organization = new();
    private IdGenerator _ids = new(TimeProvider.System);
    private DatabaseConnections? _connections;
    private DatabaseDeadline? _deadline;
    private bool _stampsNewRows;
    private IdempotencyClaim? _claim;

    /// <summary>Creates a context without an organization.</summary>
    public AccountsDbContext(DbContextOptions<AccountsDbContext> options)
        : base(options)
    {
    }

    /// <summary>The ID of the organization whose rows can be read and written.</summary>
    /// <exception cref="InvalidOperationException">The scope has no organization.</exception>
    public Ulid OrganizationId => _organization.Id;

    /// <summary>All organizations. They are not filtered, because they do not belong to an organization themselves.</summary>
    public DbSet<Organization> Organizations => Set<Organization>();

    /// <summary>All API keys. They are not filtered, because a key is looked up before its organization is known.</summary>
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    /// <summary>The organization's users.</summary>
    public DbSet<User> Users => Set<User>();

    /// <summary>The values of the organization's pick lists.</summary>
    public DbSet<AttributeValue> AttributeValues => Set<AttributeValue>();

    /// <summary>The organization's accounts.</summary>
    public DbSet<Account> Accounts => Set<Account>();

    /// <summary>The values of custom fields on accounts.</summary>
    public DbSet<AccountCustomFieldValue> AccountCustomFieldValues => Set<AccountCustomFieldValue>();

    /// <summary>The organization's contacts.</summary>
    public DbSet<Contact> Contacts => Set<Contact>();

    /// <summary>The links between accounts and contacts.</summary>
    public DbSet<AccountContact> AccountContacts => Set<AccountContact>();

    /// <summary>The values of custom fields on contacts.</summary>
    public DbSet<ContactCustomFieldValue> ContactCustomFieldValues => Set<ContactCustomFieldValue>();

    /// <summary>The types of relationships between accounts.</summary>
    public DbSet<RelationshipType> RelationshipTypes => Set<RelationshipType>();

    /// <summary>The relationships between accounts.</summary>
    public DbSet<Relationship> Relationships => Set<Relationship>();

    /// <summary>The organization's activities.</summary>
    public DbSet<Activity> Activities => Set<Activity>();

    /// <summary>The users who participate in activities.</summary>
    public DbSet<ActivityParticipant> ActivityParticipants => Set<ActivityParticipant>();

    /// <summary>The organization's notes.</summary>
    public DbSet<Note> Notes => Set<Note>();

    /// <summary>The organization's tasks.</summary>
    public DbSet<AccountTask> Tasks => Set<AccountTask>();

    /// <summary>The definitions of the organization's custom fields.</summary>
    public DbSet<CustomField> CustomFields => Set<CustomField>();

    /// <summary>The records that imports have created or found.</summary>
    public DbSet<ImportedRecord> ImportedRecords => Set<ImportedRecord>();

    /// <summary>The origin of the records that are written.</summary>
    internal RecordOrigin Origin { get; private set; } = new();

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
        SetChange.AddTo(modelBuilder);
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

    /// <summary>Prepares the context, which another scope may have used before, for a scope.</summary>
    internal AccountsDbContext In(
        CurrentOrganization organization,
        IdGenerator ids,
        RecordOrigin origin,
        DatabaseConnections connections,
        DatabaseDeadline deadline)
    {
        _deadline = deadline;
        (_organization, _ids, Origin, _connections, _stampsNewRows, _claim) = (organization, ids, origin, connections, false, null);
        connections.Reset(this);
        return this;
    }

    /// <summary>Returns the ID of a new record.</summary>
    internal Ulid NextId() => Origin.NextId(_ids);

    /// <summary>Gives a new record its ID, so that its parts can refer to it. The context does not track it.</summary>
    internal void Stamp(TenantEntity record) => record.Stamp(OrganizationId, NextId());

    /// <summary>Makes a tracked record a changed one, because rows that belong to it have changed.</summary>
    internal void MarkChanged(TenantEntity record)
    {
        var entry = Entry(record);
        if (entry.State == EntityState.Unchanged)
        {
            entry.Property(nameof(TenantEntity.UpdatedAt)).IsModified = true;
        }
    }

    /// <summary>
    /// Begins a transaction for writing. From then on, new rows get the organization's ID when they are added. A context that only reads
    /// avoids the cost of this setup.
    /// </summary>
    internal async Task<IDbContextTransaction> BeginWriteAsync(CancellationToken cancellationToken)
    {
        if (!_stampsNewRows)
        {
            _stampsNewRows = true;
            ChangeTracker.Tracking += StampNewRow;

            // A failure rolls back the whole transaction, so a savepoint would only add two round trips.
            Database.AutoSavepointsEnabled = false;
        }

        if (_organization.ChosenId is { } id && _connections is not null)
        {
            await _connections.UseForWritingAsync(this, id, cancellationToken);
        }

        Database.SetCommandTimeout(StatementSeconds);
        return await Database.BeginTransactionAsync(cancellationToken);
    }

    /// <summary>Notes an exception of the context's connection, before it is closed.</summary>
    internal void Note(Exception exception) => _connections?.Note(Connection, _organization.ChosenId, exception);

    /// <summary>Saves all changes. If reference data are among them, also changes their version, in the same transaction.</summary>
    /// <inheritdoc/>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        Ulid[] organizations =
        [
            .. ChangeTracker.Entries<ITenantScoped>()
                .Where(entry => entry is { Entity: IReferenceData, State: not EntityState.Unchanged })
                .Select(entry => entry.Entity.OrganizationId)
                .Distinct(),
        ];
        if (organizations.Length == 0)
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }

        await using var transaction = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        var count = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        foreach (var organization in organizations)
        {
            await ChangeReferenceVersionAsync(organization, cancellationToken);
        }

        if (transaction is not null)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return count;
    }

    /// <summary>Tells all servers that the reference data of an organization change with this transaction.</summary>
    internal async Task ChangeReferenceVersionAsync(Ulid organization, CancellationToken cancellationToken)
    {
        await using var batch = CreateBatch();
        batch.BatchCommands.Add(ReferenceData.CreateChange(organization));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Sets the claim that the transaction has to make before anything else.</summary>
    internal void SetClaim(IdempotencyClaim? claim) => _claim = claim;

    /// <summary>Returns the claim that the transaction has not made yet, once.</summary>
    internal IdempotencyClaim? TakeClaim()
    {
        var claim = _claim;
        _claim = null;
        return claim;
    }

    /// <summary>Creates a command for the open connection and its transaction, if there is one.</summary>
    internal NpgsqlCommand CreateCommand(string sql)
    {
        var command = new NpgsqlCommand(sql, Connection, Transaction);
        command.CommandTimeout = StatementSeconds ?? command.CommandTimeout;
        return command;
    }

    /// <summary>Creates an empty batch for the open connection and its transaction, if there is one.</summary>
    internal NpgsqlBatch CreateBatch()
    {
        var batch = new NpgsqlBatch(Connection, Transaction);
        batch.Timeout = StatementSeconds ?? batch.Timeout;
        return batch;
    }

    /// <summary>
    /// The limit of a statement in a request: what is left of its time, if that is less than usual. Npgsql does not stop a transaction that
    /// waits for its beginning otherwise. Null without a request.
    /// </summary>
    private int? StatementSeconds => _deadline?.SecondsLeft is { } left ? Math.Min(left, Connection.CommandTimeout) : null;

    private NpgsqlConnection Connection => (NpgsqlConnection)Database.GetDbConnection();

    private NpgsqlTransaction? Transaction => (NpgsqlTransaction?)Database.CurrentTransaction?.GetDbTransaction();

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

/// <summary>Creates the context at design time, when migrations are added. It never connects to a database.</summary>
internal sealed class DesignTimeAccountsDbContextFactory : IDesignTimeDbContextFactory<AccountsDbContext>
{
    public AccountsDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<AccountsDbContext>();
        options.UseAccountsDatabase(NpgsqlDataSource.Create("Host=localhost"));
        return new AccountsDbContext(options.Options);
    }
}

/// <summary>Configures the context, at run time and at design time.</summary>
internal static class AccountsDbContextOptions
{
    /// <summary>Configures the connection, the names of tables and columns, and queries without tracking.</summary>
    public static DbContextOptionsBuilder UseAccountsDatabase(this DbContextOptionsBuilder options, NpgsqlDataSource dataSource) =>
        options
        .UseNpgsql(dataSource, npgsql => npgsql.MigrationsHistoryTable("migrations").MaxBatchSize(RequestRules.BulkMaxItems))
        .UseSnakeCaseNamingConvention()
        .ReplaceService<IMigrationsSqlGenerator, AccountsMigrationsSqlGenerator>()
        .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
        // The values of a deleted custom field are hidden together with its definition, on purpose.
        .ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning));
}
