using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;
using Thena.Accounts.Core.Common;
using Thena.Accounts.Core.Tenancy;

namespace Thena.Accounts.Core.Persistence;

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
