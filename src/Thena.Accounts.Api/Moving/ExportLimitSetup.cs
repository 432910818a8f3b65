namespace Thena.Accounts.Api.Moving;

/// <summary>Adds the limits on exports.</summary>
internal static class ExportLimitSetup
{
    /// <summary>Adds the limits and their settings.</summary>
    public static void AddExportLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ExportLimitOptions>()
            .Bind(configuration.GetSection(ExportLimitOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<ExportLimits>();
    }
}
