using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;

namespace Thena.Accounts.Postgres.ReferenceData;

/// <summary>Keeps one value for each organization in memory. Requests that need the same value at the same time share one load.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <param name="maxSize">The size that all values may have together.</param>
/// <param name="load">Loads the value of an organization.</param>
internal sealed class OrganizationCache<T>(long maxSize, Func<Ulid, Task<OrganizationCache<T>.Entry>> load) : IDisposable
{
    private readonly MemoryCache _values = new(new MemoryCacheOptions { SizeLimit = maxSize });
    private readonly ConcurrentDictionary<Ulid, Lazy<Task<T>>> _loads = new();

    /// <summary>Whether the value of an organization is in memory.</summary>
    public bool TryGet(Ulid organizationId, out T? value) => _values.TryGetValue(organizationId, out value);

    /// <summary>Loads the value of an organization, even if an older one is in memory.</summary>
    public Task<T> LoadAsync(Ulid organizationId) =>
        _loads.GetOrAdd(organizationId, id => new Lazy<Task<T>>(() => LoadAndKeepAsync(id))).Value;

    /// <inheritdoc/>
    public void Dispose() => _values.Dispose();

    private async Task<T> LoadAndKeepAsync(Ulid organizationId)
    {
        try
        {
            var (value, size, lifetime) = await load(organizationId);
            return _values.Set(
                organizationId, value, new MemoryCacheEntryOptions { Size = size, AbsoluteExpirationRelativeToNow = lifetime });
        }
        finally
        {
            _loads.TryRemove(organizationId, out _);
        }
    }

    /// <summary>A loaded value.</summary>
    /// <param name="Value">The value.</param>
    /// <param name="Size">Its share of the size of the cache.</param>
    /// <param name="Lifetime">How long it is kept.</param>
    internal readonly record struct Entry(T Value, int Size, TimeSpan Lifetime);
}
