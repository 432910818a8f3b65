using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Thena.Accounts.Core.Time;

namespace Thena.Accounts.Core.Persistence;

/// <summary>Sets the times of creation and last change, and refuses to write a row of another organization.</summary>
internal sealed class TenantEntityInterceptor(TimeProvider time) : SaveChangesInterceptor
{
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var context = (AccountsDbContext)eventData.Context!;
        foreach (var entry in context.ChangeTracker.Entries<ITenantScoped>())
        {
            if (
                entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
                    && entry.Entity.OrganizationId != context.OrganizationId)
            {
                throw new InvalidOperationException($"A {entry.Metadata.DisplayName()} of another organization was about to be written.");
            }

            if (entry.Entity is not TenantEntity record)
            {
                continue;
            }

            context.Origin.HasWritten |= entry.State is EntityState.Added or EntityState.Modified;
            if (entry.State == EntityState.Added)
            {
                record.StampNew(record.OrganizationId);
            }
            else if (entry.State == EntityState.Modified)
            {
                entry.Property(nameof(TenantEntity.UpdatedAt)).CurrentValue = context.Origin.NextVersionOf(record, time.Now());
            }
        }

        return ValueTask.FromResult(result);
    }
}
