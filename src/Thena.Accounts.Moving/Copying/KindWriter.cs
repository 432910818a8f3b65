using Thena.Accounts.Core.Kinds;

namespace Thena.Accounts.Moving.Copying;

/// <summary>
/// Writes the records of one kind. A key that another record has, such as a domain, may be free later, as that record may be about to get
/// another one. So updates come first, and what finds its key taken is postponed until all other records are written.
/// </summary>
internal sealed class KindWriter(RecordKind kind, ICopyTarget target, ImportCounts counts)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly HashSet<string> _idsOfRefused = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, PreparedRecord> _postponed = new(StringComparer.Ordinal);

    /// <summary>Adds a record that the source has. If it was postponed, what was read before no longer counts.</summary>
    public void AddRead(CopiedRecord record)
    {
        lock (_postponed)
        {
            _postponed.Remove(record.OldId);
        }

        if (kind.Key?.IsIdentity == true)
        {
            _read.Add(record.OldId);
        }
    }

    /// <summary>Refuses a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="id">
    /// The ID that the record has there, or would have. If there is such a record, it is the same one, and not the copy of another one that
    /// has its key by now.
    /// </param>
    /// <param name="reason">Why, as one sentence.</param>
    public void Refuse(CopiedRecord record, string id, string reason)
    {
        lock (_idsOfRefused)
        {
            _idsOfRefused.Add(id);
        }

        counts.AddRefused(kind.Name, record.OldId, reason);
    }

    /// <summary>Creates and updates the records of a set.</summary>
    public async Task WriteAsync(
        IReadOnlyList<PreparedRecord> added, IReadOnlyList<PreparedRecord> changed, CancellationToken cancellationToken)
    {
        foreach (var (one, _) in await MoveKeysAsync(changed, cancellationToken))
        {
            Postpone(one);
        }

        foreach (var (one, _) in await CreateAsync(added, cancellationToken))
        {
            Postpone(one);
        }
    }

    /// <summary>Writes the records that were postponed because of their keys, or refuses them.</summary>
    public async Task WritePostponedAsync(CancellationToken cancellationToken)
    {
        var taken = await MoveKeysAsync(_postponed.Values.Where(one => !one.IsNew), cancellationToken);
        foreach (var (one, _) in taken)
        {
            _idsOfRefused.Add(one.Id);
        }

        foreach (var set in _postponed.Values.Where(one => one.IsNew).Chunk(target.SetSize))
        {
            taken.AddRange(await CreateAsync(set, cancellationToken));
        }

        foreach (var set in taken.Chunk(target.SetSize))
        {
            await TakeOverAsync(set, cancellationToken);
        }
    }

    /// <summary>Updates records.</summary>
    /// <returns>Those whose keys other records have, with the IDs of these.</returns>
    private Task<List<(PreparedRecord Record, string HolderId)>> MoveKeysAsync(
        IEnumerable<PreparedRecord> records, CancellationToken cancellationToken) => KeyMoves.RunAsync(
        records,
        one => one.Id,
        one => UpdateAsync(one, cancellationToken),
        one => target.ParkAsync(kind, one, cancellationToken));

    /// <summary>Creates records.</summary>
    /// <returns>Those whose keys other records have, with the IDs of these.</returns>
    private async Task<List<(PreparedRecord Record, string HolderId)>> CreateAsync(
        IReadOnlyList<PreparedRecord> added, CancellationToken cancellationToken)
    {
        List<(PreparedRecord, string)> taken = [];
        if (added.Count == 0)
        {
            return taken;
        }

        foreach (var (one, outcome) in added.Zip(await target.CreateAsync(kind, added, cancellationToken)))
        {
            if (Count(one, outcome) is { } holder)
            {
                taken.Add((one, holder));
            }
        }

        return taken;
    }

    /// <summary>Updates a record.</summary>
    /// <returns>The ID of the record that has its key, if that is why it was not updated; otherwise <see langword="null"/>.</returns>
    private async Task<string?> UpdateAsync(PreparedRecord one, CancellationToken cancellationToken) =>
        Count(one, await target.UpdateAsync(kind, one, cancellationToken));

    /// <summary>
    /// Updates the records that have the keys of new ones, if they are not the copies of others. Refuses the rest.
    /// </summary>
    private async Task TakeOverAsync(IReadOnlyList<(PreparedRecord Record, string HolderId)> taken, CancellationToken cancellationToken)
    {
        var originals = await target.FindOriginalsAsync(kind, taken.Select(one => one.HolderId), cancellationToken);
        HashSet<string> taking = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (one, holder) in taken)
        {
            var original = originals[holder].FirstOrDefault(oldId => kind.Key?.IsIdentity != true || _read.Contains(oldId));
            if (
                !one.IsNew
                    || original is not null
                    || _idsOfRefused.Contains(holder)
                    || !taking.Add(holder)
                    || await UpdateAsync(one with { Id = holder }, cancellationToken) is not null)
            {
                counts.AddRefused(kind.Name, one.Record.OldId, KeyConflict.Describe(kind.Key, holder, original));
            }
        }
    }

    /// <summary>Counts what has become of a record.</summary>
    /// <returns>The ID of the record that has its key, if that is why it was not written.</returns>
    private string? Count(PreparedRecord one, CopyOutcome outcome)
    {
        switch (outcome.Result)
        {
            case CopyResult.Created:
                counts.AddCreated(kind.Name, outcome.Id);
                return null;
            case CopyResult.Changed:
                counts.AddChanged(kind.Name, outcome.Id);
                return null;
            case CopyResult.Unchanged:
                counts.AddUnchanged(kind.Name, outcome.Id);
                return null;
            case CopyResult.Refused:
                Refuse(one.Record, one.Id, outcome.Reason);
                return null;
            default:
                return outcome.Id;
        }
    }

    private void Postpone(PreparedRecord one)
    {
        lock (_postponed)
        {
            _postponed[one.Record.OldId] = one with { Record = one.Record.WithoutMembers() };
        }
    }
}
