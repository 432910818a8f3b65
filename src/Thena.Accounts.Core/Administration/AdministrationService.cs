using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Relationships;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Schema;
using Thena.Accounts.Postgres.Tenancy;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Administration;

/// <summary>
/// Manages organizations, their users and API keys, for operators on the command line. It is the only service that accesses more than one
/// organization.
/// </summary>
public sealed partial class AdministrationService(
    AccountsDbContext context, Stamp stamp, CurrentOrganization organization)
{
    private const int NameMaxLength = 255;

    /// <summary>The error (404) for an unknown organization.</summary>
    public static readonly Error OrganizationNotFound = Error.NotFound("There is no organization with this id.");
    private static readonly Error UserNotFound = Error.NotFound("There is no user with this id.");
    private static readonly Error KeyNotFound = Error.NotFound("There is no key with this id.");
    private static readonly Error KeyHasEnded = Error.Conflict("This key is revoked or expired: create a new one.");
    private static readonly Error KeyHasJustEnded = Error.Conflict("This key has just been revoked or rotated by another command.");

    /// <summary>Creates an organization with the default pick lists and relationship types.</summary>
    public Task<Result<OrganizationResponse>> CreateOrganizationAsync(
        CreateOrganizationRequest request, CancellationToken cancellationToken) =>
        RunAsync(() => AddOrganizationAsync(request, cancellationToken), cancellationToken);

    /// <summary>Lists all organizations, in order of creation.</summary>
    public async Task<IReadOnlyList<OrganizationResponse>> ListOrganizationsAsync(CancellationToken cancellationToken) =>
        (await context.Organizations.OrderBy(row => row.Id).ToListAsync(cancellationToken)).ConvertAll(ToResponse);

    /// <summary>Creates a user in an organization.</summary>
    public Task<Result<UserResponse>> CreateUserAsync(CreateUserRequest request, CancellationToken cancellationToken) =>
        RunAsync(() => AddUserAsync(request, cancellationToken), cancellationToken);

    private async Task<Result<UserResponse>> AddUserAsync(CreateUserRequest request, CancellationToken cancellationToken)
    {
        if (CheckName(request.Name) is { } error)
        {
            return error;
        }

        if (!EmailAddress.TryParse(request.Email, out _, out _))
        {
            return Error.Invalid("The email address is not valid.");
        }

        if (request.AvatarUrl is not null && !WebAddress.IsValid(request.AvatarUrl))
        {
            return Error.Invalid("The avatar URL must be an absolute http or https URL.");
        }

        if (!await ChooseAsync(request.OrganizationId, cancellationToken))
        {
            return OrganizationNotFound;
        }

        var user = stamp.New(
            new User { Name = request.Name.Trim(), Email = request.Email.Trim(), AvatarUrl = request.AvatarUrl },
            request.Id ?? stamp.Ids.Next());
        context.Add(user);
        await context.SaveChangesAsync(cancellationToken);
        return ToResponse(user);
    }

    /// <summary>Lists the users of an organization, in order of creation.</summary>
    public async Task<Result<IReadOnlyList<UserResponse>>> ListUsersAsync(string organizationId, CancellationToken cancellationToken) =>
        await ChooseAsync(organizationId, cancellationToken)
            ? (await context.Users.OrderBy(user => user.Id).ToListAsync(cancellationToken)).ConvertAll(ToResponse)
            : OrganizationNotFound;

    /// <summary>Returns whether no user of any organization has an ID. Keys are created for the user's ID alone.</summary>
    internal async Task<bool> IsUserIdFreeAsync(Ulid id, CancellationToken cancellationToken) =>
        !await context.Users.IgnoreQueryFilters([AccountsDbContext.OrganizationFilter]).AnyAsync(user => user.Id == id, cancellationToken);

    /// <summary>Creates an API key for a user.</summary>
    public async Task<Result<NewApiKeyResponse>> CreateKeyAsync(CreateApiKeyRequest request, CancellationToken cancellationToken)
    {
        if (CheckName(request.Name) is { } error)
        {
            return error;
        }

        if (request.ExpiresInDays is < 1 or > 36_500)
        {
            return Error.Invalid("A key expires after 1 to 36500 days.");
        }

        if (request.Scopes.Count == 0 || request.Scopes.Except(ApiKeyScopes.All, StringComparer.Ordinal).Any())
        {
            return Error.Invalid($"A key's scopes are {string.Join(" and ", ApiKeyScopes.All)}.");
        }

        var user = WireFormat.TryParseId(request.UserId, out var userId)
            ? await context.Users.IgnoreQueryFilters([AccountsDbContext.OrganizationFilter])
                .SingleOrDefaultAsync(row => row.Id == userId, cancellationToken)
            : null;
        if (user is null)
        {
            return UserNotFound;
        }

        var now = stamp.Now;
        return await AddKeyAsync(
            user.OrganizationId, user.Id, request.Name.Trim(), [.. request.Scopes.Distinct(StringComparer.Ordinal)],
            request.ExpiresInDays is { } days ? now.AddDays(days) : null, now, cancellationToken);
    }

    /// <summary>Lists the API keys of an organization, in order of creation, without their secrets.</summary>
    public async Task<Result<IReadOnlyList<ApiKeyResponse>>> ListKeysAsync(string organizationId, CancellationToken cancellationToken) =>
        await ChooseAsync(organizationId, cancellationToken)
            ? (
                await context.ApiKeys.Where(key => key.OrganizationId == organization.Id)
                    .OrderBy(key => key.Id)
                    .ToListAsync(cancellationToken)).ConvertAll(ToResponse)
            : OrganizationNotFound;

    /// <summary>
    /// Revokes a key. Running servers stop accepting it within seconds. Revoking it again changes nothing. If another command revokes or
    /// rotates it at the same time, one of them fails: after a rotation, there is another key to revoke.
    /// </summary>
    public Task<Result<ApiKeyResponse>> RevokeKeyAsync(string id, CancellationToken cancellationToken) => ChangeKeyAsync<ApiKeyResponse>(
        id,
        async key =>
        {
            key.RevokedAt ??= stamp.Now;
            await context.SaveChangesAsync(cancellationToken);
            return ToResponse(key);
        },
        cancellationToken);

    /// <summary>
    /// Revokes a key and creates a new one with the same user, name, scopes and lifetime, in one transaction. The lifetime starts anew.
    /// </summary>
    public Task<Result<NewApiKeyResponse>> RotateKeyAsync(string id, CancellationToken cancellationToken) =>
        ChangeKeyAsync<NewApiKeyResponse>(
            id,
            async key =>
            {
                var now = stamp.Now;
                if (key.RevokedAt is not null || key.ExpiresAt <= now)
                {
                    return KeyHasEnded;
                }

                key.RevokedAt = now;
                var expiresAt = key.ExpiresAt is { } end ? now + (end - key.CreatedAt) : (DateTimeOffset?)null;
                return await AddKeyAsync(key.OrganizationId, key.UserId, key.Name, key.Scopes, expiresAt, now, cancellationToken);
            },
            cancellationToken);

    private async Task<Result<OrganizationResponse>> AddOrganizationAsync(
        CreateOrganizationRequest request, CancellationToken cancellationToken)
    {
        if (CheckName(request.Name) is { } error)
        {
            return error;
        }

        var created = new Organization { Id = stamp.Ids.Next(), Name = request.Name.Trim(), Tier = request.Tier, CreatedAt = stamp.Now };
        organization.Choose(created.Id);
        context.Add(created);
        context.AddRange(DefaultAttributeValues.Create().Select(stamp.New));
        RelationshipType[] types = [.. DefaultRelationshipTypes.Create().Select(stamp.New)];
        context.AddRange(types);
        await context.SaveChangesAsync(cancellationToken);
        DefaultRelationshipTypes.Pair(types);
        await context.SaveChangesAsync(cancellationToken);
        return ToResponse(created);
    }

    private async Task<NewApiKeyResponse> AddKeyAsync(
        Ulid organizationId,
        Ulid userId,
        string name,
        string[] scopes,
        DateTimeOffset? expiresAt,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var secret = ApiKeySecret.Create();
        var key = new ApiKey
        {
            Id = stamp.Ids.Next(),
            OrganizationId = organizationId,
            UserId = userId,
            Name = name,
            Prefix = ApiKeySecret.Prefix(secret),
            Hash = ApiKeySecret.Hash(secret),
            Scopes = scopes,
            CreatedAt = now,
            ExpiresAt = expiresAt,
        };
        context.Add(key);
        await context.SaveChangesAsync(cancellationToken);
        return new NewApiKeyResponse(key.Id.ToString(), secret);
    }

    /// <summary>Makes an organization that of the scope.</summary>
    /// <returns>Whether it exists.</returns>
    public async Task<bool> ChooseAsync(string organizationId, CancellationToken cancellationToken)
    {
        if (
            !WireFormat.TryParseId(organizationId, out var id)
                || !await context.Organizations.AnyAsync(row => row.Id == id, cancellationToken))
        {
            return false;
        }

        organization.Choose(id);
        return true;
    }

    /// <summary>Changes a key, whose row is locked, so that of two commands at once the second finds what the first has done.</summary>
    private async Task<Result<T>> ChangeKeyAsync<T>(string id, Func<ApiKey, Task<Result<T>>> change, CancellationToken cancellationToken)
    {
        if (!WireFormat.TryParseId(id, out var keyId)
            || await context.ApiKeys.SingleOrDefaultAsync(key => key.Id == keyId, cancellationToken) is not { } known)
        {
            return KeyNotFound;
        }

        return await RunAsync(
            async () =>
            {
                var key = await context.ApiKeys
                    .FromSql($"select * from api_keys where id = {keyId.ToGuid()} for no key update")
                    .AsTracking()
                    .SingleAsync(cancellationToken);
                return key.RevokedAt == known.RevokedAt ? await change(key) : KeyHasJustEnded;
            },
            cancellationToken);
    }

    /// <summary>Runs a command in a transaction, which is committed if it succeeds.</summary>
    private async Task<Result<T>> RunAsync<T>(Func<Task<Result<T>>> command, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            var result = await command();
            if (result.Error is null)
            {
                await transaction.CommitAsync(cancellationToken);
            }

            return result;
        }
        catch (DbUpdateException exception) when (DatabaseFaults.Violates(exception, UserConfiguration.UniqueEmail))
        {
            return Error.Conflict(UserConfiguration.UniqueEmail.Message);
        }
    }

    private static Error? CheckName(string name) =>
        name.Trim().Length is 0 or > NameMaxLength || name.Contains('\0', StringComparison.Ordinal)
        ? Error.Invalid($"A name has 1 to {NameMaxLength} characters.")
        : null;

    private static OrganizationResponse ToResponse(Organization row) =>
        new(row.Id.ToString(), row.Name, row.Tier.ToString().ToLowerInvariant(), row.CreatedAt);

    private static UserResponse ToResponse(User user) =>
        new(user.Id.ToString(), user.OrganizationId.ToString(), user.Name, user.Email, user.AvatarUrl, user.CreatedAt);

    private static ApiKeyResponse ToResponse(ApiKey key) =>
        new(
            key.Id.ToString(),
            key.OrganizationId.ToString(),
            key.UserId.ToString(),
            key.Name, key.Prefix, key.Scopes, key.CreatedAt, key.ExpiresAt, key.LastUsedAt,
            key.RevokedAt);
}
