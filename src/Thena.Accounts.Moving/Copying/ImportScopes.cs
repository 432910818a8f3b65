using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Changes;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Moving.Copying;

/// <summary>Creates the scopes in which an import reads and writes.</summary>
internal sealed class ImportScopes(IServiceScopeFactory scopes, Ulid organizationId)
{
    /// <summary>The organization.</summary>
    public Ulid OrganizationId => organizationId;

    /// <summary>Creates a scope of the organization.</summary>
    public AsyncServiceScope Create()
    {
        var scope = CreateScope();
        scope.ServiceProvider.GetRequiredService<CurrentOrganization>().Choose(organizationId);
        return scope;
    }

    /// <summary>Creates a scope in which a copied record is written as its user would do it.</summary>
    public AsyncServiceScope Create(CopiedRecord record)
    {
        var scope = CreateScope();
        scope.ServiceProvider.GetRequiredService<CurrentOrganization>().Choose(
            new Caller(
                organizationId,
                OrganizationTier.Enterprise,
                WireFormat.TryParseId(record.UserId, out var user) ? user : default,
                KeyId: default,
                KeyPrefix: "",
                ApiKeyScopes.All));
        return scope;
    }

    private AsyncServiceScope CreateScope()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ChangeOrigin>().Source = ChangeSource.Import;
        return scope;
    }
}
