using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Core.Administration;

/// <content>The first organization, user and key.</content>
public sealed partial class AdministrationService
{
    /// <summary>The key of the advisory lock, which lets one command at a time find out what is missing.</summary>
    private const long BootstrapLock = 0x5448454E42;

    /// <summary>
    /// Creates an organization, its first user and a key of that user: all of them, or none. If only what is missing is to be created, an
    /// organization with the name of the request is used, and its user with the email address. If an organization of this name has a key
    /// that is neither revoked nor expired, nothing is created. Of several requests at once, one creates a key.
    /// </summary>
    public Task<Result<BootstrapResponse>> BootstrapAsync(BootstrapRequest request, CancellationToken cancellationToken) =>
        RunAsync(
            async () =>
            {
                if (!request.IfAbsent)
                {
                    return await AddMissingAsync(request, existing: null, cancellationToken);
                }

                await context.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({BootstrapLock})", cancellationToken);
                var name = request.Organization.Name.Trim();
                var existing = await context.Organizations
                    .Where(row => row.Name == name)
                    .OrderBy(row => row.Id)
                    .ToListAsync(cancellationToken);
                var ids = existing.ConvertAll(row => row.Id);
                var now = stamp.Now;
                var key = await context.ApiKeys
                    .Where(row => ids.Contains(row.OrganizationId))
                    .Where(row => row.RevokedAt == null && (row.ExpiresAt == null || row.ExpiresAt > now))
                    .OrderBy(row => row.Id)
                    .FirstOrDefaultAsync(cancellationToken);
                return key is null
                    ? await AddMissingAsync(request, existing.FirstOrDefault(), cancellationToken)
                    : new BootstrapResponse(false, key.Id.ToString(), null, key.UserId.ToString(), key.OrganizationId.ToString());
            },
            cancellationToken);

    private async Task<Result<BootstrapResponse>> AddMissingAsync(
        BootstrapRequest request, Organization? existing, CancellationToken cancellationToken)
    {
        var organizationId = existing?.Id.ToString();
        if (organizationId is null)
        {
            if (!(await AddOrganizationAsync(request.Organization, cancellationToken)).TryGetValue(out var created, out var refused))
            {
                return refused;
            }

            organizationId = created.Id;
        }

        return !(await FindOrAddUserAsync(request, organizationId, cancellationToken)).TryGetValue(out var userId, out var error)
            || !(await CreateKeyAsync(new(userId, "Key", null, ApiKeyScopes.All), cancellationToken)).TryGetValue(out var key, out error)
                ? error
                : new BootstrapResponse(true, key.Id, key.Key, userId, organizationId);
    }

    private async Task<Result<string>> FindOrAddUserAsync(
        BootstrapRequest request, string organizationId, CancellationToken cancellationToken)
    {
        await ChooseAsync(organizationId, cancellationToken);
        var key = EmailAddress.Key(request.UserEmail.Trim());
        if (await context.Users.FirstOrDefaultAsync(row => row.EmailKey == key, cancellationToken) is { } existing)
        {
            return existing.Id.ToString();
        }

        var added = await AddUserAsync(new(organizationId, request.UserName, request.UserEmail, null), cancellationToken);
        return added.TryGetValue(out var user, out var error) ? user.Id : error;
    }
}
