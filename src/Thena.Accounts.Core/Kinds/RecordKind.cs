using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Postgres.Changes;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.ReferenceData;
using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Core.Kinds;

/// <summary>
/// A kind of record, described for everything that handles records of all kinds, such as export, import and the examples of the API. Each
/// feature has a descriptor, and <see cref="RecordKinds"/> finds it: there is no other list of kinds.
/// </summary>
/// <param name="name">The name, as files and reports have it, such as <c>notes</c>.</param>
/// <param name="path">The path of the records, without a leading slash; empty if the API does not show them.</param>
/// <param name="json">The generated JSON contracts of the feature's requests and responses.</param>
public abstract class RecordKind(string name, string path, JsonSerializerContext json)
{
    /// <summary>The name, as files and reports have it, such as <c>notes</c>.</summary>
    public string Name => name;

    /// <summary>The path of the records, without a leading slash; empty if the API does not show them.</summary>
    public string Path => path;

    /// <summary>The generated JSON contracts of the feature's requests and responses.</summary>
    public JsonSerializerContext Json => json;

    /// <summary>The names of the kinds that records refer to, perhaps including their own.</summary>
    public IReadOnlySet<string> ReferencedKinds => Described.Kinds;

    /// <summary>Whether records refer to others of their own kind.</summary>
    public bool RefersToOwnKind => ReferencedKinds.Contains(Name);

    /// <summary>The type of the entity.</summary>
    public abstract Type EntityType { get; }

    /// <summary>The type of the responses that show a record.</summary>
    public abstract Type ResponseType { get; }

    /// <summary>How records are created and updated; <see langword="null"/> if the API cannot do that.</summary>
    public RecordRequests? Requests { get; protected init; }

    /// <summary>The lists that show all records together.</summary>
    public IReadOnlyList<RecordList> Lists { get; protected init; } = path.Length > 0 ? [new RecordList(path)] : [];

    /// <summary>What records are known by beside their IDs, or <see langword="null"/>.</summary>
    public RecordKey? Key { get; protected init; }

    /// <summary>The source of the custom fields that records have values of, if they have any.</summary>
    public string? FieldSource { get; protected init; }

    /// <summary>The members that are never empty in a new record: it gets a default value.</summary>
    public IReadOnlyList<string> MembersWithDefault { get; protected init; } = [];

    /// <summary>
    /// Whether a copy to another server leaves existing records there as they are, because a change could make the values of others
    /// invalid.
    /// </summary>
    public bool IsDefinition { get; protected init; }

    /// <summary>The name in the types of events, such as <c>account-note</c>; empty if changes are not recorded.</summary>
    public string EventName { get; protected init; } = "";

    /// <summary>The member of events that has a record, such as <c>note</c>.</summary>
    public string PayloadName { get; protected init; } = "";

    /// <summary>The error (404) for an unknown record.</summary>
    public Error NotFound { get; protected init; } = Error.NotFound("Resource not found!");

    /// <summary>What the examples of the API show.</summary>
    public RecordExamples Examples { get; protected init; } = new();

    /// <summary>What the descriptor says about the members of a record.</summary>
    private protected DescribedMembers Described => field ??= DescribedMembers.Collect(this);

    /// <summary>Registers the services of the feature.</summary>
    public abstract void Register(IServiceCollection services);

    /// <summary>Says what the members of a record refer to.</summary>
    public virtual void Describe(IRecordMembers members)
    {
    }

    /// <summary>Reads all records of the organization, oldest first, as the API shows them.</summary>
    /// <param name="snapshot">Reads the records.</param>
    /// <param name="visibleTo">The user who may see the records, or <see langword="null"/> for all records.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public abstract IAsyncEnumerable<object> ReadAllAsync(Snapshot snapshot, Ulid? visibleTo, CancellationToken cancellationToken);

    /// <summary>Whether there is a record that a user may see.</summary>
    public abstract Task<bool> IsVisibleAsync(Records records, Ulid id, Ulid userId, CancellationToken cancellationToken);

    /// <summary>Returns which of the IDs records have, and whether those still exist.</summary>
    public abstract Task<Dictionary<Ulid, bool>> FindIdsAsync(Records records, IEnumerable<Ulid> ids, CancellationToken cancellationToken);
}

/// <inheritdoc/>
/// <typeparam name="T">The record.</typeparam>
/// <typeparam name="TResponse">The response that shows a record.</typeparam>
/// <param name="name">The name.</param>
/// <param name="path">The path.</param>
/// <param name="json">The JSON contracts.</param>
/// <param name="from">Makes the response of a record.</param>
public abstract class RecordKind<T, TResponse>(string name, string path, JsonSerializerContext json, Func<T, References, TResponse> from)
    : RecordKind(name, path, json), IRecordedKind
    where T : TenantEntity
    where TResponse : class
{
    /// <inheritdoc/>
    public override Type EntityType => typeof(T);

    /// <inheritdoc/>
    public override Type ResponseType => typeof(TResponse);

    /// <inheritdoc/>
    public IReadOnlySet<string> DescribingMembers => Described.Describing;

    /// <inheritdoc/>
    public IReadOnlySet<string> AccountMembers => Described.Accounts;

    /// <summary>Returns the user who alone may see a record, if there are such records.</summary>
    protected Func<T, Ulid?>? OnlyVisibleTo { get; init; }

    /// <summary>Keeps the records that a user may see, if not every user may see all.</summary>
    protected Func<Ulid, Query<T>, Query<T>>? VisibleTo { get; init; }

    /// <inheritdoc/>
    public byte[] ToJson(TenantEntity record, References references) =>
        JsonSerializer.SerializeToUtf8Bytes(from((T)record, references), WireJson.Options.GetTypeInfo(typeof(TResponse)));

    /// <inheritdoc/>
    Ulid? IRecordedKind.VisibleTo(TenantEntity record) => OnlyVisibleTo?.Invoke((T)record);

    /// <inheritdoc/>
    public override IAsyncEnumerable<object> ReadAllAsync(Snapshot snapshot, Ulid? visibleTo, CancellationToken cancellationToken)
    {
        var records = snapshot.Of<T>();
        if (visibleTo is { } user && VisibleTo is { } limit)
        {
            records = limit(user, records);
        }

        return snapshot.StreamAsync(records, RecordOrder.Oldest, from, cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<bool> IsVisibleAsync(Records records, Ulid id, Ulid userId, CancellationToken cancellationToken)
    {
        var query = records.Of<T>().Where(nameof(TenantEntity.Id), id);
        return await records.CountAsync(VisibleTo is { } limit ? limit(userId, query) : query, cancellationToken) > 0;
    }

    /// <inheritdoc/>
    public override Task<Dictionary<Ulid, bool>> FindIdsAsync(
        Records records, IEnumerable<Ulid> ids, CancellationToken cancellationToken) =>
        records.FindIdsAsync<T>(ids, cancellationToken);
}
