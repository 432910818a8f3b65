using Microsoft.AspNetCore.Authorization;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.Authentication;

/// <summary>
/// The access that a caller needs besides a valid key: the scope for the operation and, where required, a paid tier.
/// </summary>
internal sealed class AccessRequirement : AuthorizationHandler<AccessRequirement>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AccessRequirement requirement)
    {
        if (context.Resource is not HttpContext http || http.Features.Get<Caller>() is not { } caller)
        {
            return Task.CompletedTask;
        }

        if (!caller.Scopes.Contains(ReadsOnlyAttribute.IsRead(http) ? ApiKeyScopes.Read : ApiKeyScopes.Write, StringComparer.Ordinal))
        {
            context.Fail(new AuthorizationFailureReason(this, ErrorMessages.NoAccess));
        }
        else if (caller.Tier == OrganizationTier.Free && http.GetEndpoint()?.Metadata.GetMetadata<RequiresPaidTierAttribute>() is not null)
        {
            context.Fail(new AuthorizationFailureReason(this, ErrorMessages.TierTooLow));
        }
        else
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
