using System.Runtime.CompilerServices;
using Thena.Accounts.Core.Kinds;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Moving.Reports;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Moving.Copying;

/// <summary>
/// Copies the records of a source to a target, kind by kind: reads them in sets, finds out which are new or have changed, and has them
/// written by <see cref="KindWriter"/>.
/// </summary>
internal sealed class Mover(
    IRecordSource source, ICopyTarget target, ImportCounts counts, TimeProvider time, bool isDryRun, Action<MovingProgress> progress)
{
    /// <summary>The number of sets that are written at the same time.</summary>
    private const int MaxWriters = 2;

    /// <summary>Reads the source until nothing new appears.</summary>
    /// <returns>The report.</returns>
    /// <exception cref="RecordSourceException">The source cannot be read, or the target gives no answer.</exception>
    public async Task<ImportReport> RunAsync(CancellationToken cancellationToken)
    {
        for (var pass = 1; await ReadAllAsync(cancellationToken) && pass < source.MaxPasses; pass++)
        {
        }

        return counts.ToReport(isDryRun);
    }

    /// <summary>Reads all records of the source once.</summary>
    /// <returns>Whether anything was written, so that the source is to be read again.</returns>
    private async Task<bool> ReadAllAsync(CancellationToken cancellationToken)
    {
        var before = counts.Writes;
        foreach (var kind in RecordKinds.All)
        {
            if (kind is not UserKind)
            {
                await CopyAsync(kind, cancellationToken);
            }
            else if (target.TakesUsers)
            {
                await CopyUsersAsync(kind, cancellationToken);
            }

            // The first of two records that refer to each other could not refer to the other yet. A dry run would find nothing new.
            if (kind.RefersToOwnKind && !isDryRun)
            {
                await CopyAsync(kind, cancellationToken);
            }
        }

        return !isDryRun && counts.Writes > before;
    }

    private async Task CopyAsync(RecordKind kind, CancellationToken cancellationToken)
    {
        var writer = new KindWriter(kind, target, counts);
        Queue<(HashSet<string> OldIds, Task Written)> writes = [];
        try
        {
            await foreach (var records in ReadSetsAsync(kind.Name, cancellationToken))
            {
                // A record that the list shows again is not written by two sets at the same time.
                var set = records.FindAll(record => !writes.Any(write => write.OldIds.Contains(record.OldId)));
                var (added, changed) = await PrepareAsync(writer, kind, set, cancellationToken);
                if (!target.WritesWhileReading)
                {
                    await writer.WriteAsync(added, changed, cancellationToken);
                    continue;
                }

                if (writes.Count == MaxWriters)
                {
                    await writes.Dequeue().Written;
                }

                writes.Enqueue((
                    set.Select(record => record.OldId).ToHashSet(StringComparer.Ordinal),
                    Task.Run(() => writer.WriteAsync(added, changed, cancellationToken), cancellationToken)));
            }
        }
        finally
        {
            await Task.WhenAll(writes.Select(write => write.Written));
        }

        await writer.WritePostponedAsync(cancellationToken);
        progress(counts.ProgressOf(kind.Name));
    }

    /// <summary>Reads the records of a kind in sets, and counts them.</summary>
    private async IAsyncEnumerable<List<CopiedRecord>> ReadSetsAsync(
        string kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        counts.StartReading(kind);
        List<CopiedRecord> set = [];
        await foreach (var json in source.ReadAsync(kind, cancellationToken))
        {
            counts.AddRead(kind);
            if (CopiedRecord.Parse(json, time.Now()) is { } record)
            {
                set.Add(record);
            }
            else
            {
                counts.AddRefused(kind, "", CopiedRecord.NotARecord);
            }

            if (set.Count == target.SetSize)
            {
                // A list that changes while it is read can show a record twice.
                yield return [.. set.DistinctBy(one => one.OldId)];
                progress(counts.ProgressOf(kind));
                set.Clear();
            }
        }

        if (set.Count > 0)
        {
            yield return [.. set.DistinctBy(one => one.OldId)];
        }
    }

    /// <summary>Looks up the records of a set, and turns them into requests.</summary>
    /// <returns>The records to create, and those to update.</returns>
    private async Task<(List<PreparedRecord> Added, List<PreparedRecord> Changed)> PrepareAsync(
        KindWriter writer, RecordKind kind, List<CopiedRecord> records, CancellationToken cancellationToken)
    {
        records.ForEach(record => record.AddReferences(kind, target.References));
        var known = await target.FindAsync(kind, records, cancellationToken);
        if (await target.FindUsersAsync(cancellationToken) is > 0 and var createdUsers)
        {
            counts.AddCreated(UserKind.Plural, createdUsers);
        }

        List<PreparedRecord> added = [], changed = [];
        foreach (var (record, found) in records.Zip(known))
        {
            writer.AddRead(record);
            var (missingRecord, missingUser) = record.Translate(kind, target.References);

            // A dry run has not copied the records that others refer to, and creates no users.
            var problem = !isDryRun ? missingRecord ?? missingUser : source.CreatesUsers ? null : missingUser;
            if (problem is not null)
            {
                writer.Refuse(record, found.Id ?? found.NewId, problem);
            }
            else if (found.IsGone || (found.Id is not null && found.Hash.Span.SequenceEqual(record.Hash)))
            {
                counts.AddUnchanged(kind.Name, found.Id!);
            }
            else
            {
                (found.Id is null ? added : changed).Add(
                    new PreparedRecord(record, found.Id ?? found.NewId, IsNew: found.Id is null));
            }
        }

        return (added, changed);
    }

    private async Task CopyUsersAsync(RecordKind kind, CancellationToken cancellationToken)
    {
        await foreach (var users in ReadSetsAsync(kind.Name, cancellationToken))
        {
            users.ForEach(user => user.AddUser(target.References));
            var created = await target.FindUsersAsync(cancellationToken);
            counts.AddCreated(kind.Name, created);
            var missing = users.FindAll(user => target.References.FindUser(user.OldId) is null);
            foreach (var user in missing)
            {
                if (isDryRun)
                {
                    counts.AddCreated(kind.Name);
                }
                else
                {
                    counts.AddRefused(kind.Name, user.OldId, "The user does not exist here, and has no valid email address");
                }
            }

            counts.AddUnchanged(kind.Name, users.Count - created - missing.Count);
        }

        progress(counts.ProgressOf(kind.Name));
    }
}
