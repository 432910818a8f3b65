using System.Collections.Concurrent;
using System.ComponentModel;
using System.Data.Common;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Core.Organizations;

/// <summary>
/// Finds the caller that an API key belongs to. Look-ups are cached for <see cref="CacheDuration"/>, those of unknown keys too, and many
/// requests with one key share a look-up. So most requests need no query, and a revoked key stops working within seconds on every copy of
/// the server. Collects when keys were used, and writes it from time to time.
/// </summary>
public sealed class ApiKeyAuthenticator(HybridCache cache, IServiceProvider services, TimeProvider time)
{
    /// <summary>How long a look-up is cached.</summary>
    public static TimeSpan CacheDuration { get; } = TimeSpan.FromSeconds(5);

    private static readonly HybridCacheEntryOptions Caching = new()
    {
        Expiration = CacheDuration,
        Flags = HybridCacheEntryFlags.DisableDistributedCache | HybridCacheEntryFlags.DisableCompression,
    };

    private static readonly HybridCacheEntryOptions OnlyCached =
        new() { Flags = Caching.Flags | HybridCacheEntryFlags.DisableUnderlyingData };

    /// <summary>The hashes of keys that were valid when they were last used. Only valid keys get in, and their number bounds it.</summary>
    private readonly ConcurrentDictionary<string, bool> _valid = new(StringComparer.Ordinal);

    private ConcurrentDictionary<Ulid, DateTimeOffset> _uses = new();

    /// <summary>
    /// Returns whether a key has to be looked up in the database, and has not been valid when it was last used on this server. Such
    /// look-ups have to be limited, because anyone can send any number of invalid keys.
    /// </summary>
    /// <param name="key">The key as it was sent.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public async ValueTask<bool> NeedsLookUpAsync(string key, CancellationToken cancellationToken)
    {
        var name = NameOf(ApiKeySecret.Hash(key));
        return !_valid.ContainsKey(name)
            && await cache.GetOrCreateAsync(
                name, static _ => ValueTask.FromResult<CachedLookup?>(null), OnlyCached, cancellationToken: cancellationToken) is null;
    }

    /// <summary>Finds the caller that a key belongs to.</summary>
    /// <param name="key">The key as it was sent.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <returns>The caller, or <see langword="null"/> if the key is unknown, expired or revoked.</returns>
    public async Task<Caller?> AuthenticateAsync(string key, CancellationToken cancellationToken)
    {
        var hash = ApiKeySecret.Hash(key);
        var name = NameOf(hash);
        var found = await cache.GetOrCreateAsync(
            name, (hash, this), static (look, token) => look.Item2.LookUpAsync(look.hash, token), Caching,
            cancellationToken: cancellationToken);
        var now = time.Now();
        if (found.Caller is not { } caller || found.ExpiresAt <= now)
        {
            KeyMetrics.CountUse(isValid: false);
            _valid.TryRemove(name, out _);
            return null;
        }

        if (!_valid.ContainsKey(name))
        {
            _valid.TryAdd(name, true);
        }

        KeyMetrics.CountUse(isValid: true);
        NoteUse(caller.KeyId, now);
        return caller;
    }

    /// <summary>Writes the times of last use of all keys used since the previous call, in one statement.</summary>
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

    /// <summary>Notes that a key is used, at most once per second: writing to the dictionary takes a lock.</summary>
    private void NoteUse(Ulid keyId, DateTimeOffset now)
    {
        if (!_uses.TryGetValue(keyId, out var noted) || now - noted >= TimeSpan.FromSeconds(1))
        {
            _uses[keyId] = now;
        }
    }

    private static string NameOf(byte[] hash) => $"key:{Convert.ToBase64String(hash)}";

    private Task WriteAsync(KeyValuePair<Ulid, DateTimeOffset>[] uses, CancellationToken cancellationToken)
    {
        var (ids, times) = (Array.ConvertAll(uses, use => use.Key), Array.ConvertAll(uses, use => use.Value));
        return Connections.ExecuteAsync(
            $"""
            update api_keys set last_used_at = uses.at
            from unnest({ids}, {times}) as uses (id, at)
            where api_keys.id = uses.id and (api_keys.last_used_at is null or api_keys.last_used_at < uses.at)
            """,
            cancellationToken);
    }

    private async ValueTask<CachedLookup> LookUpAsync(byte[] hash, CancellationToken cancellationToken)
    {
        KeyMetrics.CountLookUp();
        var found = await Connections.ReadAsync(
            $"""
            select k.organization_id, o.tier, k.user_id, k.id, k.prefix, k.scopes, k.expires_at
            from api_keys k join organizations o on o.id = k.organization_id
            where k.hash = {hash} and k.revoked_at is null
            """,
            Read,
            cancellationToken);
        return found is [var lookUp] ? lookUp : new CachedLookup(null, null);
    }

    private static CachedLookup Read(DbDataReader row) => new(
        new Caller(
            new Ulid(row.GetGuid(0)),
            OrganizationConfiguration.ParseTier(row.GetString(1)),
            new Ulid(row.GetGuid(2)),
            new Ulid(row.GetGuid(3)),
            row.GetString(4),
            row.GetFieldValue<string[]>(5)),
        row.IsDBNull(6) ? null : new DateTimeOffset(row.GetDateTime(6)));

    /// <summary>The connections. First asked for here, as the server is built before it knows its database.</summary>
    private DatabaseConnections Connections => services.GetRequiredService<DatabaseConnections>();

    /// <summary>A look-up. Marked as immutable, so that the cache hands out the object itself and not a copy.</summary>
    [ImmutableObject(true)]
    private sealed record CachedLookup(Caller? Caller, DateTimeOffset? ExpiresAt);
}
