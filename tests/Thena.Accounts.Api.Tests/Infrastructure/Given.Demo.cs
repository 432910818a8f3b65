using Thena.Accounts.Moving.Demo;
using Thena.Accounts.Moving.Reports;

namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>The demo data.</summary>
public static partial class Given
{
    /// <summary>Adds the demo data to an organization.</summary>
    public static Task<ImportReport> AddDemoDataAsync(this AccountsServer server, Tenant tenant) =>
        server.ImportAsync(tenant, new DemoSource());
}
