using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Schema;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Administration;

/// <summary>The tables that administration reads and writes with Entity Framework.</summary>
internal static class AdministrationSets
{
    extension(AccountsDbContext context)
    {
        /// <summary>All organizations. They are not filtered, because they do not belong to an organization themselves.</summary>
        public DbSet<Organization> Organizations => context.Set<Organization>();

        /// <summary>All API keys. They are not filtered, because a key is looked up before its organization is known.</summary>
        public DbSet<ApiKey> ApiKeys => context.Set<ApiKey>();

        /// <summary>The organization's users.</summary>
        public DbSet<User> Users => context.Set<User>();

        /// <summary>The records that imports have created or found.</summary>
        public DbSet<ImportedRecord> ImportedRecords => context.Set<ImportedRecord>();
    }
}
