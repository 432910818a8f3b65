using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Postgres.Writing;

/// <summary>Records that have been inserted, and those whose keys were taken.</summary>
/// <typeparam name="T">The kind of records.</typeparam>
public sealed class InsertedSet<T>
    where T : TenantEntity
{
    private readonly Dictionary<string, T> _byKey;
    private readonly Func<T, string> _key;
    private readonly HashSet<Ulid> _ids;

    internal InsertedSet(IReadOnlyList<T> created, Dictionary<string, T> byKey, Func<T, string> key)
    {
        (Created, _byKey, _key) = (created, byKey, key);
        _ids = [.. created.Select(record => record.Id)];
    }

    /// <summary>The records that were inserted.</summary>
    public IReadOnlyList<T> Created { get; }

    /// <summary>The inserted or existing record of each key.</summary>
    public IReadOnlyDictionary<string, T> ByKey => _byKey;

    /// <summary>Whether a record was inserted.</summary>
    public bool HasCreated(T record) => _ids.Contains(record.Id);

    /// <summary>Returns the record that has the key of a given one: itself, or the existing one.</summary>
    public T WithKeyOf(T record) => _byKey[_key(record)];
}
