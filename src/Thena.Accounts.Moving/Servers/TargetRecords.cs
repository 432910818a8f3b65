using Thena.Accounts.Core.Kinds;
using Thena.Accounts.Moving.Copying;

namespace Thena.Accounts.Moving.Servers;

/// <summary>The records that another server has: their keys, and which records they are copies of.</summary>
internal sealed class TargetRecords
{
    private readonly Dictionary<(string Kind, string Key), string> _idOfKey = [];
    private readonly Dictionary<(string Kind, string Id), string?> _keyOfId = [];
    private readonly Dictionary<(string Kind, string Id), List<string>> _originals = [];

    /// <summary>Whether the other server has a record.</summary>
    public bool Has(RecordKind kind, string id) => _keyOfId.ContainsKey((kind.Name, id));

    /// <summary>Adds a record, or changes its key.</summary>
    public void Add(RecordKind kind, string id, CopiedRecord record)
    {
        RemoveKey(kind, id);
        var key = record.KeyOf(kind);
        _keyOfId[(kind.Name, id)] = key;
        if (key is not null)
        {
            _idOfKey[(kind.Name, key)] = id;
        }
    }

    /// <summary>Removes the key of a record.</summary>
    public void RemoveKey(RecordKind kind, string id)
    {
        if (
            _keyOfId.TryGetValue((kind.Name, id), out var key)
                && key is not null
                && _idOfKey.GetValueOrDefault((kind.Name, key)) == id)
        {
            _idOfKey.Remove((kind.Name, key));
            _keyOfId[(kind.Name, id)] = null;
        }
    }

    /// <summary>Returns the ID of the record that has the key of a copied one.</summary>
    public string? FindHolder(RecordKind kind, CopiedRecord record) =>
        record.KeyOf(kind) is { } key ? _idOfKey.GetValueOrDefault((kind.Name, key)) : null;

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

    /// <summary>Returns the IDs of the records that a record is a copy of.</summary>
    public IReadOnlyList<string> OriginalsOf(RecordKind kind, string id) => _originals.GetValueOrDefault((kind.Name, id)) ?? [];
}
