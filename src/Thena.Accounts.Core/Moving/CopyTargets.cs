namespace Thena.Accounts.Core.Moving;

/// <summary>The records that another server has: their keys, and which records they are copies of.</summary>
internal sealed class CopyTargets
{
    private readonly Dictionary<(string Kind, string Key), string> _idOfKey = [];
    private readonly Dictionary<(string Kind, string Id), string?> _keyOfId = [];
    private readonly Dictionary<(string Kind, string Id), List<string>> _originals = [];

    /// <summary>Whether the other server has a record.</summary>
    public bool Has(string kind, string id) => _keyOfId.ContainsKey((kind, id));

    /// <summary>Adds a record, or changes its key.</summary>
    public void Add(string kind, string id, CopiedRecord record)
    {
        RemoveKey(kind, id);
        var key = record.KeyOf(kind);
        _keyOfId[(kind, id)] = key;
        if (key is not null)
        {
            _idOfKey[(kind, key)] = id;
        }
    }

    /// <summary>Removes the key of a record.</summary>
    public void RemoveKey(string kind, string id)
    {
        if (
            _keyOfId.TryGetValue((kind, id), out var key)
                && key is not null
                && _idOfKey.GetValueOrDefault((kind, key)) == id)
        {
            _idOfKey.Remove((kind, key));
            _keyOfId[(kind, id)] = null;
        }
    }

    /// <summary>Returns the ID of the record that has the key of a copied one.</summary>
    public string? FindHolder(string kind, CopiedRecord record) =>
        record.KeyOf(kind) is { } key ? _idOfKey.GetValueOrDefault((kind, key)) : null;

    /// <summary>Adds that a record is a copy.</summary>
    public void AddOriginal(string kind, string id, string oldId)
    {
        if (!_originals.TryGetValue((kind, id), out var oldIds))
        {
            _originals[(kind, id)] = oldIds = [];
        }

        if (!oldIds.Contains(oldId))
        {
            oldIds.Add(oldId);
        }
    }

    /// <summary>Returns the ID of the record that a record is the copy of, if no other one can be taken for it.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="id">The ID of the copy.</param>
    /// <param name="read">The IDs of the records that the source has.</param>
    public string? FindOriginal(CopiedKind kind, string id, HashSet<string> read) =>
        _originals.GetValueOrDefault((kind.Name, id))?.Find(oldId => kind.Key?.IsIdentity != true || read.Contains(oldId));
}
