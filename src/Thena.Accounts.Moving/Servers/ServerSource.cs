using System.Runtime.CompilerServices;
using Thena.Accounts.Core.Kinds;
using Thena.Accounts.Moving.Copying;

namespace Thena.Accounts.Moving.Servers;

/// <summary>
/// The records that the API of another server shows. Uses documented operations and parameters only, so that the other server can be
/// any that speaks the API.
/// </summary>
/// <param name="server">The other server.</param>
/// <param name="createsUsers">Whether users that do not exist here are created.</param>
internal sealed class ServerSource(ServerConnection server, bool createsUsers) : IRecordSource
{
    private const int PageSize = 100;

    /// <inheritdoc/>
    public bool IsNewestFirst => true;

    /// <inheritdoc/>
    public int MaxPasses => 5;

    /// <inheritdoc/>
    public bool CreatesUsers => createsUsers;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        string kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var list in RecordKinds.Get(kind).Lists)
        {
            var records = list.FirstPage is { } first
                ? ReadPagesAsync(list.Path + (list.Path.Contains('?', StringComparison.Ordinal) ? '&' : '?'), first, cancellationToken)
                : ReadWholeAsync(list, cancellationToken);
            await foreach (var record in records)
            {
                yield return record.Json;
            }
        }
    }

    /// <summary>Reads a list without pages.</summary>
    /// <returns>The records, newest first.</returns>
    private async IAsyncEnumerable<ServerRecord> ReadWholeAsync(
        RecordList list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var records = await server.ReadAsync(list.Path, cancellationToken);
        foreach (var record in list.IsOldestFirst ? records.Reverse() : records)
        {
            yield return record;
        }
    }

    /// <summary>
    /// Reads all pages of a list. A page can be shorter than asked for, so the end is an empty page. It is also a page that repeats the one
    /// before, if the other server does not know pages or shows the last page again.
    /// </summary>
    private async IAsyncEnumerable<ServerRecord> ReadPagesAsync(
        string path, int firstPage, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> before = [];
        for (var page = firstPage; ; page++)
        {
            var records = await ReadPageAsync(path, page, cancellationToken);
            var ids = records.Select(record => record.Id).ToHashSet();
            if (ids.IsSubsetOf(before) && await RepeatsAsync(path, page, ids, cancellationToken))
            {
                yield break;
            }

            foreach (var record in records)
            {
                yield return record;
            }

            before = ids;
        }
    }

    /// <summary>
    /// Returns whether a page shows nothing new because the list has ended. New records also shift the others to the next page, but then
    /// the page before shows other records by now.
    /// </summary>
    private async Task<bool> RepeatsAsync(string path, int page, HashSet<string> ids, CancellationToken cancellationToken) =>
        ids.Count == 0
            || (await ReadPageAsync(path, page - 1, cancellationToken)).Select(record => record.Id).ToHashSet().IsSupersetOf(ids);

    private Task<IReadOnlyList<ServerRecord>> ReadPageAsync(string path, int page, CancellationToken cancellationToken) =>
        server.ReadAsync(string.Create(null, $"{path}page={page}&limit={PageSize}"), cancellationToken);
}
