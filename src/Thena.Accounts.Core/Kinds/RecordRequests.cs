using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Bulk;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Kinds;

/// <summary>
/// How records of a kind are created and updated from JSON: by the service that the API uses, so that the same rules apply.
/// </summary>
public abstract class RecordRequests
{
    /// <summary>The members of a request that creates a record.</summary>
    public abstract IReadOnlySet<string> CreateMembers { get; }

    /// <summary>The members of a request that updates a record.</summary>
    public abstract IReadOnlySet<string> UpdateMembers { get; }

    /// <summary>The type of a request that updates a record.</summary>
    public abstract Type UpdateType { get; }

    /// <summary>Whether <see cref="CreateSetAsync"/> can be called.</summary>
    public abstract bool CreatesSets { get; }

    /// <summary>Creates a record.</summary>
    /// <param name="services">The scope, with its organization.</param>
    /// <param name="origin">Where the record comes from.</param>
    /// <param name="request">The JSON of the request.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public abstract Task<WriteResult> CreateAsync(
        IServiceProvider services, RecordOrigin origin, byte[] request, CancellationToken cancellationToken);

    /// <summary>Updates a record.</summary>
    /// <param name="services">The scope, with its organization.</param>
    /// <param name="origin">Where the record comes from.</param>
    /// <param name="id">The ID of the record.</param>
    /// <param name="request">The JSON of the request.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public abstract Task<WriteResult> UpdateAsync(
        IServiceProvider services, RecordOrigin origin, Ulid id, byte[] request, CancellationToken cancellationToken);

    /// <summary>Creates many records in one transaction, which is faster. Each can be refused without the others.</summary>
    /// <returns>The result of each.</returns>
    public abstract Task<Result<IReadOnlyList<SetItemResult>>> CreateSetAsync(
        IServiceProvider services, RecordOrigin origin, IReadOnlyList<SetItem<byte[]>> items, CancellationToken cancellationToken);
}

/// <inheritdoc/>
/// <typeparam name="TService">The service of the kind.</typeparam>
/// <typeparam name="TCreate">The request that creates a record.</typeparam>
/// <typeparam name="TUpdate">The request that updates a record.</typeparam>
/// <typeparam name="TResponse">The response of the service.</typeparam>
internal sealed class RecordRequests<TService, TCreate, TUpdate, TResponse>(
    Func<TService, TCreate, CancellationToken, Task<Result<TResponse>>> create,
    Func<TService, Ulid, TUpdate, CancellationToken, Task<Result<TResponse>>> update) : RecordRequests
    where TService : class
    where TCreate : class
    where TUpdate : class
{
    private static readonly ObjectFactory<TService> CreateService = ActivatorUtilities.CreateFactory<TService>([typeof(Writes)]);

    private readonly Lazy<IReadOnlySet<string>> _createMembers = new(() => MembersOf(typeof(TCreate)));
    private readonly Lazy<IReadOnlySet<string>> _updateMembers = new(() => MembersOf(typeof(TUpdate)));

    /// <summary>Creates many records in one transaction, if the service can.</summary>
    public Func<TService, IReadOnlyList<SetItem<TCreate>>, CancellationToken, Task<Result<IReadOnlyList<SetItemResult>>>>? CreateSet
    {
        get;
        init;
    }

    public override IReadOnlySet<string> CreateMembers => _createMembers.Value;

    public override IReadOnlySet<string> UpdateMembers => _updateMembers.Value;

    public override Type UpdateType => typeof(TUpdate);

    public override bool CreatesSets => CreateSet is not null;

    public override Task<WriteResult> CreateAsync(
        IServiceProvider services, RecordOrigin origin, byte[] request, CancellationToken cancellationToken) =>
        WriteAsync<TCreate>(services, origin, request, (service, read) => create(service, read, cancellationToken));

    public override Task<WriteResult> UpdateAsync(
        IServiceProvider services, RecordOrigin origin, Ulid id, byte[] request, CancellationToken cancellationToken) =>
        WriteAsync<TUpdate>(services, origin, request, (service, read) => update(service, id, read, cancellationToken));

    public override async Task<Result<IReadOnlyList<SetItemResult>>> CreateSetAsync(
        IServiceProvider services, RecordOrigin origin, IReadOnlyList<SetItem<byte[]>> items, CancellationToken cancellationToken)
    {
        var results = new SetItemResult[items.Count];
        List<int> positions = [];
        List<SetItem<TCreate>> valid = [];
        for (var index = 0; index < items.Count; index++)
        {
            var item = items[index];
            if (Read<TCreate>(services, item.Request).TryGetValue(out var request, out var error))
            {
                positions.Add(index);
                valid.Add(new SetItem<TCreate>(request, item.Id, item.UpdatedAt, item.Imported));
            }
            else
            {
                results[index] = new SetItemResult(error, ExistingId: null);
            }
        }

        var writes = services.GetRequiredService<Writes>().WithOrigin(origin);
        var set = await CreateSet!(CreateService(services, [writes]), valid, cancellationToken);
        if (!set.TryGetValue(out var created, out var refusal))
        {
            return refusal;
        }

        for (var index = 0; index < created.Count; index++)
        {
            results[positions[index]] = created[index];
        }

        return results;
    }

    private static async Task<WriteResult> WriteAsync<TRequest>(
        IServiceProvider services, RecordOrigin origin, byte[] json, Func<TService, TRequest, Task<Result<TResponse>>> write)
        where TRequest : class
    {
        if (!Read<TRequest>(services, json).TryGetValue(out var request, out var error))
        {
            return new WriteResult(error, HasWritten: false);
        }

        var writes = services.GetRequiredService<Writes>().WithOrigin(origin);
        var result = await write(CreateService(services, [writes]), request);
        return new WriteResult(result.Error, writes.HasWritten);
    }

    private static HashSet<string> MembersOf(Type request) =>
        WireJson.Options.GetTypeInfo(request).Properties.Select(property => property.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Reads and validates a request, as the API does.</summary>
    private static Result<T> Read<T>(IServiceProvider services, byte[] json)
        where T : class
    {
        var request = RequestJson.Read(json, typeof(T), out var problems);
        FieldError[] all = request is null
            ? [.. problems]
            :
            [
                .. problems,
                .. services.GetRequiredService<IValidator<T>>().Validate((T)request).Errors
                    .Select(error => new FieldError(error.PropertyName, error.ErrorMessage)),
            ];
        return all.Length > 0 ? Error.Invalid(all) : (T)request!;
    }
}
