using Thena.Accounts.Api.Settings;

namespace Thena.Accounts.Api.Moving;

/// <summary>Adds the limits on exports.</summary>
internal static class ExportLimitSetup
{
    /// <summary>Adds the limits and their settings.</summary>
    public static void AddExportLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<ExportLimitOptions>(configuration, ExportLimitOptions.Section);
        services.AddSingleton<ExportLimits>();
    }
}
