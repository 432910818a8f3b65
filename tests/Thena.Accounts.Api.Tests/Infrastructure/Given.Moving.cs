using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Moving.Copying;
using Thena.Accounts.Moving.Reports;

namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>Imports.</summary>
public static partial class Given
{
    /// <summary>Imports records into an organization.</summary>
    public static async Task<ImportReport> ImportAsync(this AccountsServer server, Tenant tenant, IRecordSource source)
    {
        var result = await server.Services.GetRequiredService<RecordImporter>().RunAsync(
            tenant.OrganizationId, source, new ImportOptions(), _ => { }, TestContext.Current.CancellationToken);
        return result.TryGetValue(out var report, out var error) ? report : throw new InvalidOperationException(error.Message);
    }
}
