using Microsoft.Extensions.Options;

namespace Thena.Accounts.Api.Settings;

/// <summary>Binds options to sections of the configuration. What is in such a section, and no setting, is a mistake.</summary>
internal static class SettingsRegistration
{
    /// <summary>Binds options to a section, and checks them when the program starts.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="section">The name of the section; empty for the top level.</param>
    public static OptionsBuilder<T> AddSettings<T>(this IServiceCollection services, IConfiguration configuration, string section)
        where T : class
    {
        services.AddSettingsSection<T>(section);
        return services.AddOptions<T>()
            .Bind(section.Length == 0 ? configuration : configuration.GetSection(section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
    }

    /// <summary>Adds a section that is bound elsewhere.</summary>
    public static void AddSettingsSection<T>(this IServiceCollection services, string section) =>
        services.AddSingleton(new SettingsSection(section, typeof(T)));

    /// <summary>Checks all settings. Called when all sections have been added.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="arguments">The names of the settings that are arguments of the program.</param>
    /// <exception cref="OptionsValidationException">A setting is not known, or its value is not valid.</exception>
    public static void CheckSettings(this IServiceCollection services, IConfiguration configuration, IEnumerable<string> arguments)
    {
        var check = new SettingsCheck([.. services.Select(service => service.ImplementationInstance).OfType<SettingsSection>()]);
        if (check.FindProblem(configuration, arguments) is { } problem)
        {
            throw new OptionsValidationException("", typeof(IConfiguration), [problem]);
        }
    }
}
