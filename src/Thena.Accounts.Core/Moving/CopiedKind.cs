using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Activities;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Bulk;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Notes;
using Thena.Accounts.Core.Relationships;
using Thena.Accounts.Core.Tasks;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Core.Moving;

/// <summary>How records of one kind are copied: by the services that the API uses, so that the same rules apply.</summary>
internal abstract class CopiedKind
{
    /// <summary>All kinds that services create.</summary>
    public static IReadOnlyList<CopiedKind> All { get; } =
    [
        new CopiedKind<AttributeValue, AttributeValueService, CreateAttributeValueRequest, UpdateAttributeValueRequest>(
            RecordKinds.AttributeValues,
            TranslateAttributeValue,
            async (service, request, token) => (await service.CreateAsync(request, token)).Error,
            async (service, id, request, token) => (await service.UpdateAsync(id, request, token)).Error)
        {
            Key = new("value", IsIdentity: true, unused => unused),
        },
        new CopiedKind<RelationshipType, RelationshipTypeService, CreateRelationshipTypeRequest, UpdateRelationshipTypeRequest>(
            RecordKinds.RelationshipTypes,
            fields => fields.Reference("inverseRelationshipId", RecordKinds.RelationshipTypes, isDeferred: true),
            async (service, request, token) => (await service.CreateAsync(request, token)).Error,
            async (service, id, request, token) => (await service.UpdateAsync(id, request, token)).Error)
        {
            Key = new("name", IsIdentity: true, unused => unused),
        },
        new CopiedKind<CustomField, CustomFieldService, CreateCustomFieldRequest, CustomFieldUpdates>(
            RecordKinds.CustomFields,
            _ => { },
            async (service, request, token) => (await service.CreateAsync(request, token)).Error,
            async (service, id, updates, token) => (await service.UpdateLatestAsync(id, updates, token)).Error)
        {
            Key = new("name", IsIdentity: true, unused => unused),
        },
        new CopiedKind<Account, AccountService, CreateAccountRequest, UpdateAccountRequest>(
            RecordKinds.Accounts,
            fields =>
            {
                fields.Values("status", "classification", "health", "industry");
                fields.User("accountOwnerId", "accountOwnerEmail", "accountOwner", "accountOwnerAvatarUrl");
                fields.CustomFieldValues();
            },
            async (service, request, token) => (await service.CreateAsync(request, token)).Error,
            async (service, id, request, token) => (await service.UpdateAsync(id, request, token)).Error)
        {
            Key = new("primaryDomain", IsIdentity: false, unused => $"{unused}.invalid"),
            CreateSet = (service, items, token) => service.CreateSetAsync(items, token),
        },
        new CopiedKind<Contact, ContactService, CreateContactRequest, UpdateContactRequest>(
            RecordKinds.Contacts,
            fields =>
            {
                fields.Values("contactType");
                fields.References("accountIds", "accounts", RecordKinds.Accounts);
                fields.CustomFieldValues();
            },
            async (service, request, token) => (await service.CreateAsync(request, token)).Error,
            async (service, id, request, token) => (await service.UpdateAsync(id, request, token)).Error)
        {
            Key = new("email", IsIdentity: false, unused => $"{unused}@moving.invalid"),
            CreateSet = (service, items, token) => service.CreateSetAsync(items, token),
        },
        new CopiedKind<Relationship, RelationshipService, CreateRelationshipRequest, UpdateRelationshipRequest>(
            RecordKinds.Relationships,
            fields =>
            {
                fields.Reference("accountId", RecordKinds.Accounts);
                fields.Reference("relatedAccountId", RecordKinds.Accounts);
                fields.ReferenceOf("relationshipType", RecordKinds.RelationshipTypes);
            },
            async (service, request, token) => (await service.CreateAsync(request, token)).Error,
            async (service, id, request, token) => (await service.UpdateAsync(id, request, token)).Error)
        {
            Key = new("accountId, relatedAccountId and relationshipType", IsIdentity: true, Park: null),
        },
        new CopiedKind<Activity, ActivityService, CreateActivityRequest, UpdateActivityRequest>(
            RecordKinds.Activities,
            fields =>
            {
                fields.Reference("accountId", RecordKinds.Accounts);
                fields.Author("creatorId", "creatorEmail", "creator");
                fields.Users("participants");
                fields.Values("type", "status");
                fields.Attachments();
            },
            async (service, request, token) => (await service.CreateAsync(request, token)).Error,
            async (service, id, request, token) => (await service.UpdateAsync(id, request, token)).Error),
        new CopiedKind<Note, NoteService, CreateNoteRequest, UpdateNoteRequest>(
            RecordKinds.Notes,
            fields =>
            {
                fields.Reference("accountId", RecordKinds.Accounts);
                fields.Author("authorId", "authorEmail", "author");
                fields.Values("type");
                fields.Attachments();
            },
            async (service, request, token) => (await service.CreateAsync(request, token)).Error,
            async (service, id, request, token) => (await service.UpdateAsync(id, request, token)).Error),
        new CopiedKind<AccountTask, TaskService, CreateTaskRequest, UpdateTaskRequest>(
            RecordKinds.Tasks,
            fields =>
            {
                fields.Reference("accountId", RecordKinds.Accounts);
                fields.Reference("activityId", RecordKinds.Activities);
                fields.Author("creatorId", "creatorEmail", "creator");
                fields.User("assigneeId");
                fields.Values("type", "status", "priority");
                fields.Attachments();
            },
            async (service, request, token) => (await service.CreateAsync(request, token)).Error,
            async (service, id, request, token) => (await service.UpdateAsync(id, request, token)).Error),
    ];

    /// <summary>
    /// The kinds in the order in which an import reads them. Relationship types are read twice: the first of two types that refer to each
    /// other could not refer to the other yet.
    /// </summary>
    /// <param name="isDryRun">Whether nothing is written, so that a second reading finds nothing new.</param>
    public static IEnumerable<CopiedKind> InOrder(bool isDryRun) => All.SelectMany(kind =>
        Enumerable.Repeat(kind, kind.Name == RecordKinds.RelationshipTypes && !isDryRun ? 2 : 1));

    /// <summary>The kind, one of <see cref="RecordKinds"/>.</summary>
    public abstract string Name { get; }

    /// <summary>Returns which of the IDs records here have, and whether those still exist.</summary>
    public abstract Task<Dictionary<Ulid, bool>> FindIdsAsync(
        Records records, IEnumerable<Ulid> ids, CancellationToken cancellationToken);

    /// <summary>What records are known by beside their IDs, or <see langword="null"/>.</summary>
    public RecordKey? Key { get; init; }

    /// <summary>The members of a request that creates a record.</summary>
    public abstract IReadOnlySet<string> CreateMembers { get; }

    /// <summary>The members of a request that updates a record.</summary>
    public abstract IReadOnlySet<string> UpdateMembers { get; }

    /// <summary>Turns a record into a request, or only collects its references.</summary>
    public abstract void Translate(CopiedFields fields);

    /// <summary>Creates a record.</summary>
    /// <returns>The error that refuses it, or <see langword="null"/>.</returns>
    public abstract Task<Error?> CreateAsync(IServiceProvider services, byte[] request, CancellationToken cancellationToken);

    /// <summary>Updates a record.</summary>
    /// <returns>The error that refuses it, or <see langword="null"/>.</returns>
    public abstract Task<Error?> UpdateAsync(
        IServiceProvider services, Ulid id, byte[] request, CancellationToken cancellationToken);

    /// <summary>Whether <see cref="CreateSetAsync"/> can be called.</summary>
    public abstract bool CreatesSets { get; }

    /// <summary>Creates many records in one transaction, which is faster.</summary>
    /// <returns>The result of each.</returns>
    public abstract Task<Result<IReadOnlyList<SetItemResult>>> CreateSetAsync(
        IServiceProvider services, IReadOnlyList<SetItem<byte[]>> items, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the request that gives a record a key that no other record has, so that others can take the one that it has; or
    /// <see langword="null"/> if there is no such key.
    /// </summary>
    /// <param name="id">The ID of the record.</param>
    public byte[]? ParkRequest(string id) => Key?.Park is not { } park
        ? null
        : JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>
        {
            [Key.Member] = park($"moving-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16))}"),
        });

    /// <summary>Says why a record cannot be written whose key another one has.</summary>
    /// <param name="holderId">The ID of the other one.</param>
    /// <param name="originalId">The ID of the record that it is a copy of, if it is one.</param>
    public string DescribeHolder(string holderId, string? originalId) => originalId is null
        ? $"The record {holderId} has the same {Key?.Member}"
        : $"The record {holderId} has the same {Key?.Member}, and is the copy of another record, {originalId}. "
            + $"If {originalId} has been deleted, delete its copy, and run the import again";

    private static void TranslateAttributeValue(CopiedFields fields)
    {
        fields.Lift("configuration", "icon", "color", "isClosed");

        // Only another value that becomes the default can take that from a value of most lists.
        if (
            fields.IsFalse("isDefault")
                && (!AttributeKinds.TryParse(fields.Text("attribute"), out var kind) || kind.NeedsDefault()))
        {
            fields.Remove("isDefault");
        }
    }
}

/// <inheritdoc/>
/// <typeparam name="TRecord">The record.</typeparam>
/// <typeparam name="TService">The service of the kind.</typeparam>
/// <typeparam name="TCreate">The request that creates a record.</typeparam>
/// <typeparam name="TUpdate">The request that updates a record.</typeparam>
internal sealed class CopiedKind<TRecord, TService, TCreate, TUpdate>(
    string name,
    Action<CopiedFields> translate,
    Func<TService, TCreate, CancellationToken, Task<Error?>> create,
    Func<TService, Ulid, TUpdate, CancellationToken, Task<Error?>> update) : CopiedKind
    where TRecord : TenantEntity
    where TService : notnull
    where TCreate : class
    where TUpdate : class
{
    /// <summary>Creates many records in one transaction, if the service can.</summary>
    public Func<TService, IReadOnlyList<SetItem<TCreate>>, CancellationToken, Task<Result<IReadOnlyList<SetItemResult>>>>? CreateSet
    {
        get;
        init;
    }

    public override string Name => name;

    public override Task<Dictionary<Ulid, bool>> FindIdsAsync(
        Records records, IEnumerable<Ulid> ids, CancellationToken cancellationToken) =>
        records.FindIdsAsync<TRecord>(ids, cancellationToken);

    public override IReadOnlySet<string> CreateMembers { get; } = MembersOf(typeof(TCreate));

    public override IReadOnlySet<string> UpdateMembers { get; } = MembersOf(typeof(TUpdate));

    public override void Translate(CopiedFields fields) => translate(fields);

    public override async Task<Error?> CreateAsync(IServiceProvider services, byte[] request, CancellationToken cancellationToken) =>
        Read<TCreate>(services, request).TryGetValue(out var read, out var error)
            ? await create(services.GetRequiredService<TService>(), read, cancellationToken)
            : error;

    public override async Task<Error?> UpdateAsync(
        IServiceProvider services, Ulid id, byte[] request, CancellationToken cancellationToken) =>
        Read<TUpdate>(services, request).TryGetValue(out var read, out var error)
            ? await update(services.GetRequiredService<TService>(), id, read, cancellationToken)
            : error;

    public override bool CreatesSets => CreateSet is not null;

    public override async Task<Result<IReadOnlyList<SetItemResult>>> CreateSetAsync(
        IServiceProvider services, IReadOnlyList<SetItem<byte[]>> items, CancellationToken cancellationToken)
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

        var service = services.GetRequiredService<TService>();
        if (!(await CreateSet!(service, valid, cancellationToken)).TryGetValue(out var created, out var refusal))
        {
            return refusal;
        }

        for (var index = 0; index < created.Count; index++)
        {
            results[positions[index]] = created[index];
        }

        return results;
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
