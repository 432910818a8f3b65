using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Tenancy;
using Thena.Accounts.Core.Time;

namespace Thena.Accounts.Core.Organizations;

/// <summary>
/// Tells who a key belongs to. What the database said is trusted for <see cref="Freshness"/>, so that a request costs no look-up and a
/// revoked key stops working within seconds on every running copy. When a key was used is noted here and written now and then.
/// </summary>
public sealed class ApiKeyAuthenticator(IServiceScopeFactory scopes, TimeProvider time)
{
    private const int MaxRemembered = 10_000;

    private readonly ConcurrentDictionary<string, Remembered> _remembered = new(StringComparer.Ordinal);
    private ConcurrentDictionary<Ulid, DateTimeOffset> _uses = new();

    /// <summary>How long a look-up is trusted.</summary>
    public static TimeSpan Freshness { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Finds the caller whose key this is.</summary>
    /// <param name="key">The key as it was sent.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <returns><see langword="null"/> for a key that is unknown, expired or revoked.</returns>
    public async Task<Caller?> AuthenticateAsync(string key, CancellationToken cancellationToken)
    {
        var hash = ApiKeySecret.Hash(key);
        var entry = Convert.ToBase64String(hash);
        var now = time.Now();
        if (!_remembered.TryGetValue(entry, out var remembered) || now - remembered.LookedUpAt >= Freshness)
        {
            remembered = await LookUpAsync(hash, now, cancellationToken);
            if (remembered is null)
            {
                _remembered.TryRemove(entry, out _);
                return null;
            }

            if (_remembered.Count >= MaxRemembered)
            {
                _remembered.Clear();
            }

            _remembered[entry] = remembered;
        }

        if (remembered.ExpiresAt <= now)
        {
            return null;
        }

        _uses[remembered.Caller.KeyId] = now;
        return remembered.Caller;
    }

    /// <summary>Writes when keys were last used: one statement for all that were used since the last time.</summary>
    public async Task WriteUsesAsync(CancellationToken cancellationToken)
    {
        var uses = Interlocked.Exchange(ref _uses, new ConcurrentDictionary<Ulid, DateTimeOffset>()).ToArray();
        if (uses.Length == 0)
        {
            return;
        }

        try
        {
            await WriteAsync(uses, cancellationToken);
        }
        catch
        {
            foreach (var (key, at) in uses)
            {
                _uses.TryAdd(key, at);
            }

            throw;
        }
    }

    private async Task WriteAsync(KeyValuePair<Ulid, DateTimeOffset>[] uses, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AccountsDbContext>();
        var keys = uses.Select(use => use.Key.ToGuid()).ToArray();
        var times = uses.Select(use => use.Value).ToArray();
        await context.Database.ExecuteSqlAsync(
            $"""
            update api_keys set last_used_at = uses.at
            from unnest({keys}, {times}) as uses (id, at)
            where api_keys.id = uses.id and (api_keys.last_used_at is null or api_keys.last_used_at < uses.at)
            """,
            cancellationToken);
    }

    private async Task<Remembered?> LookUpAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AccountsDbContext>();
        var found = await context.ApiKeys
            .Where(key => key.Hash == hash && key.RevokedAt == null)
            .Join(
                context.Organizations,
                key => key.OrganizationId,
                organization => organization.Id,
                (key, organization) => new { key, organization.Tier })
            .FirstOrDefaultAsync(cancellationToken);
        return found is null
            ? null
            : new Remembered(
                new Caller(
                    found.key.OrganizationId, found.Tier, found.key.UserId, found.key.Id, found.key.Prefix,
                    found.key.Scopes), found.key.ExpiresAt, now);
    }

    private sealed record Remembered(Caller Caller, DateTimeOffset? ExpiresAt, DateTimeOffset LookedUpAt);
}
