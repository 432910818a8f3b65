using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Core.Attributes;

/// <summary>Registers the properties that refer to pick list values.</summary>
internal static class AttributeUses
{
    /// <summary>Adds a property of a kind of records.</summary>
    public static void AddUse<T>(this IServiceCollection services, AttributeKind kind, string property)
        where T : TenantEntity => services.AddSingleton<AttributeUse>(new AttributeUse<T>(kind, property));
}
