using System.Runtime.CompilerServices;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Moving;

namespace Thena.Accounts.Api.Moving;

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
        var records = kind switch
        {
            RecordKinds.AttributeValues => ReadAttributeValuesAsync(cancellationToken),
            RecordKinds.RelationshipTypes => ReadOldestFirstAsync(PathOf(kind), cancellationToken),
            RecordKinds.CustomFields => ReadCustomFieldsAsync(cancellationToken),
            RecordKinds.Users => AsyncEnumerable.Empty<ServerRecord>(),
            _ => ReadPagesAsync($"{PathOf(kind)}?", 1, cancellationToken),
        };
        await foreach (var record in records)
        {
            yield return record.Json;
        }
    }

    /// <summary>Returns the path of the records of a kind, without a leading slash.</summary>
    public static string PathOf(string kind) => kind switch
    {
        RecordKinds.AttributeValues => "v1/accounts/attributes",
        RecordKinds.RelationshipTypes => "v1/accounts/relationships/types",
        RecordKinds.CustomFields => "v1/custom-field",
        RecordKinds.Accounts => "v1/accounts",
        _ => $"v1/accounts/{kind}",
    };

    private async IAsyncEnumerable<ServerRecord> ReadAttributeValuesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var attribute in AttributeKinds.Names)
        {
            await foreach (var value in ReadOldestFirstAsync(
                $"{PathOf(RecordKinds.AttributeValues)}?attribute={attribute}", cancellationToken))
            {
                yield return value;
            }
        }
    }

    /// <summary>Reads the fields of accounts, which have a list of their own, and those of contacts.</summary>
    private async IAsyncEnumerable<ServerRecord> ReadCustomFieldsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var field in await server.ReadAsync("v1/accounts/account-custom-fields", cancellationToken))
        {
            yield return field;
        }

        // The pages of this list start at 0.
        await foreach (
            var field in ReadPagesAsync(
                $"{PathOf(RecordKinds.CustomFields)}?source={CustomFieldSource.CustomerContact}&", 0, cancellationToken))
        {
            yield return field;
        }
    }

    /// <summary>Reads a list without pages that is in order of creation.</summary>
    /// <returns>The records, newest first.</returns>
    private async IAsyncEnumerable<ServerRecord> ReadOldestFirstAsync(
        string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var record in (await server.ReadAsync(path, cancellationToken)).Reverse())
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
