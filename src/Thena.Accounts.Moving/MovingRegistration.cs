using FluentValidation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Moving.Copying;
using Thena.Accounts.Moving.Files;
using Thena.Accounts.Moving.Rows;
using Thena.Accounts.Moving.Servers;

namespace Thena.Accounts.Moving;

/// <summary>Registers the services that move data in and out.</summary>
public static class MovingRegistration
{
    /// <summary>The section of the configuration that can change how patient the client of other servers is.</summary>
    public const string Section = ServerClient.Name;

    /// <summary>Adds import and export, and the client that reads from other servers.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The configuration, with the <see cref="Section"/>.</param>
    public static IServiceCollection AddMoving(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<RecordImporter>();
        services.AddSingleton<RecordExporter>();
        services.AddSingleton<RowImporter>();
        services.AddServerClient(configuration);
        services.AddValidatorsFromAssembly(typeof(MovingRegistration).Assembly, ServiceLifetime.Singleton, includeInternalTypes: true);
        return services;
    }
}
