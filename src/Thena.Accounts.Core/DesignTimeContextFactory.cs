using Microsoft.EntityFrameworkCore.Design;
using Thena.Accounts.Postgres.Schema;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Core;

/// <summary>Creates the context when migrations are added.</summary>
internal sealed class DesignTimeContextFactory : IDesignTimeDbContextFactory<AccountsDbContext>
{
    public AccountsDbContext CreateDbContext(string[] args) =>
        new(AccountsDbContextOptions.ForDesign(), ServiceRegistration.Entities, new CurrentOrganization());
}
