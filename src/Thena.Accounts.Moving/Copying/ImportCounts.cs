using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Kinds;
using Thena.Accounts.Moving.Reports;

namespace Thena.Accounts.Moving.Copying;

/// <summary>What an import has done so far. Can be used by several threads.</summary>
internal sealed class ImportCounts(IRecordSource source, CopiedReferences references)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ImportedKind> _kinds = [];
    private readonly List<RefusedRecord> _refused = [];

    /// <summary>The records that were created or changed, of kinds that are read several times. Each is counted once.</summary>
    private readonly HashSet<(string Kind, string Id)> _written = [];

    /// <summary>The number of times that a record was created or changed.</summary>
    public long Writes { get; private set; }

    /// <summary>Returns the report.</summary>
    public ImportReport ToReport(bool isDryRun) => new(isDryRun, [.. _kinds.Values], _refused);

    /// <summary>Returns how far the import is.</summary>
    public MovingProgress ProgressOf(string kind)
    {
        lock (_lock)
        {
            var read = Of(kind).Read;
            return new MovingProgress(kind, read, source.CountOf(kind) is { } all and > 0 ? Math.Min(1, read / (double)all) : null);
        }
    }

    /// <summary>Starts to read the records of a kind, perhaps again. Created and changed records stay counted.</summary>
    public void StartReading(string kind)
    {
        lock (_lock)
        {
            _refused.RemoveAll(refused => refused.Kind == kind);
            if (kind == AttributeValueKind.Plural)
            {
                references.ClearRefusedValues();
            }

            var counts = Of(kind);
            (counts.Read, counts.Unchanged, counts.Refused) = (0, 0, 0);
        }
    }

    /// <summary>Counts a record that was read.</summary>
    public void AddRead(string kind)
    {
        lock (_lock)
        {
            Of(kind).Read++;
        }
    }

    /// <summary>Counts a new record.</summary>
    public void AddCreated(string kind, string id)
    {
        lock (_lock)
        {
            if (IsReadAgain(kind))
            {
                _written.Add((kind, id));
            }

            AddCreated(kind);
        }
    }

    /// <summary>Counts new records of a kind that is read once, or of a dry run.</summary>
    public void AddCreated(string kind, int count = 1)
    {
        lock (_lock)
        {
            Writes += count;
            Of(kind).Created += count;
        }
    }

    /// <summary>Counts a changed record.</summary>
    public void AddChanged(string kind, string id)
    {
        lock (_lock)
        {
            Writes++;
            Of(kind).Changed += !IsReadAgain(kind) || _written.Add((kind, id)) ? 1 : 0;
        }
    }

    /// <summary>Counts a record that is the same.</summary>
    public void AddUnchanged(string kind, string id)
    {
        lock (_lock)
        {
            Of(kind).Unchanged += _written.Contains((kind, id)) ? 0 : 1;
        }
    }

    /// <summary>Counts records that are the same, of a kind that is read once.</summary>
    public void AddUnchanged(string kind, int count)
    {
        lock (_lock)
        {
            Of(kind).Unchanged += count;
        }
    }

    /// <summary>Returns whether a record was created or changed, if it is of a kind that is read several times.</summary>
    public bool HasWritten(string kind, string id)
    {
        lock (_lock)
        {
            return _written.Contains((kind, id));
        }
    }

    /// <summary>Counts a record that was refused.</summary>
    public void AddRefused(string kind, string id, string reason)
    {
        lock (_lock)
        {
            Of(kind).Refused++;
            if (kind == AttributeValueKind.Plural)
            {
                references.AddRefusedValue(id);
            }

            if (_refused.Count < ImportReport.MaxRefused)
            {
                _refused.Add(new RefusedRecord(kind, id, reason));
            }
        }
    }

    private bool IsReadAgain(string kind) => source.MaxPasses > 1 || RecordKinds.Get(kind).RefersToOwnKind;

    private ImportedKind Of(string kind)
    {
        if (!_kinds.TryGetValue(kind, out var counts))
        {
            _kinds[kind] = counts = new ImportedKind { Kind = kind };
        }

        return counts;
    }
}
