using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.ReferenceData;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Postgres.Schema;

/// <summary>
/// The EF model, migrations and administration. Records are read and written without it. Queries return only rows of the scope's
/// organization that are not deleted; a query can ignore <see cref="OrganizationFilter"/> or <see cref="SoftDeleteFilter"/> by name.
/// </summary>
/// <param name="options">The options.</param>
/// <param name="entities">The entities.</param>
/// <param name="current">The organization of the scope.</param>
public sealed class AccountsDbContext(
    DbContextOptions<AccountsDbContext> options, EntityModel entities, CurrentOrganization current) : DbContext(options)
{
    /// <summary>The name of the filter that keeps organizations apart.</summary>
    public const string OrganizationFilter = "Organization";

    /// <summary>The name of the filter that hides deleted rows.</summary>
    public const string SoftDeleteFilter = "SoftDelete";

    /// <summary>The ID of the organization whose rows can be read and written.</summary>
    /// <exception cref="InvalidOperationException">The scope has no organization.</exception>
    public Ulid OrganizationId => current.Id;

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Ulid>().HaveConversion<UlidConverter>();

        // Each index is named in a mapping. A foreign key needs none: what it refers to is never removed while rows refer to it.
        configurationBuilder.Conventions.Remove<ForeignKeyIndexConvention>();
        entities.Conventions(configurationBuilder);
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AccountsDbContext).Assembly);
        modelBuilder.ApplyConfigurationsFromAssembly(entities.Assembly);

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
        batch.BatchCommands.Add(ReferenceVersion.CreateChange(organization));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Creates a command for the open connection and its transaction, if there is one.</summary>
    internal NpgsqlCommand CreateCommand(string sql) => new(sql, Connection, Transaction);

    /// <summary>Creates an empty batch for the open connection and its transaction, if there is one.</summary>
    internal NpgsqlBatch CreateBatch() => new(Connection, Transaction);

    private NpgsqlConnection Connection => (NpgsqlConnection)Database.GetDbConnection();

    private NpgsqlTransaction? Transaction => (NpgsqlTransaction?)Database.CurrentTransaction?.GetDbTransaction();

    private static void AddFilter(EntityTypeBuilder builder, string name, string property, Expression value)
    {
        var row = Expression.Parameter(builder.Metadata.ClrType, "row");
        builder.HasQueryFilter(name, Expression.Lambda(Expression.Equal(Expression.Property(row, property), value), row));
    }
}
