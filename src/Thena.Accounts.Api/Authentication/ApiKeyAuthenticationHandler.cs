using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Thena.Accounts.Api.Deadlines;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.Authentication;

/// <summary>Authenticates requests by the header <c>x-api-key</c>, and selects the organization of the key.</summary>
internal sealed class ApiKeyAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    ApiKeyAuthenticator authenticator,
    CurrentOrganization organization) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (ApiKeyDefaults.KeyOf(Request) is not { } key)
        {
            return AuthenticateResult.NoResult();
        }

        Caller? caller;
        using (DatabaseDeadlines.Start(Context))
        {
            caller = await authenticator.AuthenticateAsync(key, Context.RequestAborted);
        }

        if (caller is null)
        {
            return AuthenticateResult.Fail("The key is unknown, expired or revoked.");
        }

        organization.Choose(caller);
        Context.Features.Set(caller);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, caller.UserId.ToString())], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = ApiKeyDefaults.Scheme;
        return ErrorWriter.WriteAsync(Context, StatusCodes.Status401Unauthorized);
    }
}
