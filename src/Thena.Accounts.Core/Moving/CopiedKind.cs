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
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Relationships;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Core.Tasks;

namespace Thena.Accounts.Core.Moving;

/// <summary>How records of one kind are copied: by the services that the API uses, so that the same rules apply.</summary>
internal abstract class CopiedKind
{
    /// <summary>All kinds that services create.</summary>
    public static IReadOnlyList<CopiedKind> All { get; } =
    [
        new CopiedKind<CreateAttributeValueRequest, UpdateAttributeValueRequest>(
            RecordKinds.AttributeValues,
            "attribute_values",
            TranslateAttributeValue,
            async (services, request, token) => Id(await Get<AttributeValueService>(services).CreateAsync(request, token), row => row.Id),
            async (services, id, request, token) =>
                Id(await Get<AttributeValueService>(services).UpdateAsync(id, request, token), row => row.Id)),
        new CopiedKind<CreateRelationshipTypeRequest, UpdateRelationshipTypeRequest>(
            RecordKinds.RelationshipTypes,
            "relationship_types",
            fields => fields.Reference("inverseRelationshipId", RecordKinds.RelationshipTypes, isDeferred: true),
            async (services, request, token) => Id(await Get<RelationshipTypeService>(services).CreateAsync(request, token), row => row.Id),
            async (services, id, request, token) =>
                Id(await Get<RelationshipTypeService>(services).UpdateAsync(id, request, token), row => row.Id)),
        new CopiedKind<CreateCustomFieldRequest, CustomFieldUpdates>(
            RecordKinds.CustomFields,
            "custom_fields",
            _ => { },
            async (services, request, token) => Id(await Get<CustomFieldService>(services).CreateAsync(request, token), row => row.Uid),
            UpdateCustomFieldAsync),
        new CopiedKind<CreateAccountRequest, UpdateAccountRequest>(
            RecordKinds.Accounts,
            "accounts",
            fields =>
            {
                fields.User("accountOwnerId", "accountOwnerEmail", "accountOwner", "accountOwnerAvatarUrl");
                fields.CustomFieldValues();
            },
            async (services, request, token) => Id(await Get<AccountService>(services).CreateAsync(request, token), row => row.Id),
            async (services, id, request, token) =>
                Id(await Get<AccountService>(services).UpdateAsync(id, request, token), row => row.Id))
        {
            CreateSet = (services, items, token) => Get<AccountService>(services).CreateSetAsync(items, token),
        },
        new CopiedKind<CreateContactRequest, UpdateContactRequest>(
            RecordKinds.Contacts,
            "contacts",
            fields =>
            {
                fields.References("accountIds", "accounts", RecordKinds.Accounts);
                fields.CustomFieldValues();
            },
            async (services, request, token) => Id(await Get<ContactService>(services).CreateAsync(request, token), row => row.Id),
            async (services, id, request, token) =>
                Id(await Get<ContactService>(services).UpdateAsync(id, request, token), row => row.Id))
        {
            CreateSet = (services, items, token) => Get<ContactService>(services).CreateSetAsync(items, token),
        },
        new CopiedKind<CreateRelationshipRequest, UpdateRelationshipRequest>(
            RecordKinds.Relationships,
            "relationships",
            fields =>
            {
                fields.Reference("accountId", RecordKinds.Accounts);
                fields.Reference("relatedAccountId", RecordKinds.Accounts);
                fields.ReferenceOf("relationshipType", RecordKinds.RelationshipTypes);
            },
            async (services, request, token) => Id(await Get<RelationshipService>(services).CreateAsync(request, token), row => row.Id),
            async (services, id, request, token) =>
                Id(await Get<RelationshipService>(services).UpdateAsync(id, request, token), row => row.Id)),
        new CopiedKind<CreateActivityRequest, UpdateActivityRequest>(
            RecordKinds.Activities,
            "activities",
            fields =>
            {
                fields.Reference("accountId", RecordKinds.Accounts);
                fields.Author("creatorId", "creatorEmail", "creator");
                fields.Users("participants");
            },
            async (services, request, token) => Id(await Get<ActivityService>(services).CreateAsync(request, token), row => row.Id),
            async (services, id, request, token) =>
                Id(await Get<ActivityService>(services).UpdateAsync(id, request, token), row => row.Id)),
        new CopiedKind<CreateNoteRequest, UpdateNoteRequest>(
            RecordKinds.Notes,
            "notes",
            fields =>
            {
                fields.Reference("accountId", RecordKinds.Accounts);
                fields.Author("authorId", "authorEmail", "author");
            },
            async (services, request, token) => Id(await Get<NoteService>(services).CreateAsync(request, token), row => row.Id),
            async (services, id, request, token) => Id(await Get<NoteService>(services).UpdateAsync(id, request, token), row => row.Id)),
        new CopiedKind<CreateTaskRequest, UpdateTaskRequest>(
            RecordKinds.Tasks,
            "tasks",
            fields =>
            {
                fields.Reference("accountId", RecordKinds.Accounts);
                fields.Reference("activityId", RecordKinds.Activities);
                fields.Author("creatorId", "creatorEmail", "creator");
                fields.User("assigneeId");
            },
            async (services, request, token) => Id(await Get<TaskService>(services).CreateAsync(request, token), row => row.Id),
            async (services, id, request, token) => Id(await Get<TaskService>(services).UpdateAsync(id, request, token), row => row.Id)),
    ];

    /// <summary>The kind, one of <see cref="RecordKinds"/>.</summary>
    public abstract string Name { get; }

    /// <summary>The table of the records.</summary>
    public abstract string Table { get; }

    /// <summary>Turns a record into a request, or only collects its references.</summary>
    public abstract void Translate(CopiedFields fields);

    /// <summary>Creates a record.</summary>
    /// <returns>Its ID, or the error that refuses it.</returns>
    public abstract Task<Result<string>> CreateAsync(IServiceProvider services, byte[] request, CancellationToken cancellationToken);

    /// <summary>Updates a record.</summary>
    /// <returns>Its ID, or the error that refuses it.</returns>
    public abstract Task<Result<string>> UpdateAsync(
        IServiceProvider services, Ulid id, byte[] request, CancellationToken cancellationToken);

    /// <summary>Whether <see cref="CreateSetAsync"/> can be called.</summary>
    public abstract bool CreatesSets { get; }

    /// <summary>Creates many records in one transaction, which is faster.</summary>
    /// <returns>The result of each.</returns>
    public abstract Task<Result<IReadOnlyList<SetItemResult>>> CreateSetAsync(
        IServiceProvider services, IReadOnlyList<SetItem<byte[]>> items, CancellationToken cancellationToken);

    private static T Get<T>(IServiceProvider services)
        where T : notnull => services.GetRequiredService<T>();

    private static Result<string> Id<T>(Result<T> result, Func<T, string> id) =>
        result.TryGetValue(out var value, out var error) ? id(value) : error;

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

    private static async Task<Result<string>> UpdateCustomFieldAsync(
        IServiceProvider services, Ulid id, CustomFieldUpdates updates, CancellationToken cancellationToken)
    {
        var field = await Get<RecordReads>(services).From(CustomFieldResponse.Shape)
            .WhereEqual("id", id.ToGuid())
            .FirstOrDefaultAsync(cancellationToken);
        if (field is null)
        {
            return CustomFieldService.NotFound;
        }

        var item = new UpdateCustomFieldItem { FieldId = field.Uid, Version = field.Version, Updates = updates };
        return Id(
            await Get<CustomFieldService>(services).UpdateAsync(new UpdateCustomFieldsRequest { Fields = [item] }, cancellationToken),
            fields => fields[0].Uid);
    }
}

/// <inheritdoc/>
/// <typeparam name="TCreate">The request that creates a record.</typeparam>
/// <typeparam name="TUpdate">The request that updates a record.</typeparam>
internal sealed class CopiedKind<TCreate, TUpdate>(
    string name,
    string table,
    Action<CopiedFields> translate,
    Func<IServiceProvider, TCreate, CancellationToken, Task<Result<string>>> create,
    Func<IServiceProvider, Ulid, TUpdate, CancellationToken, Task<Result<string>>> update) : CopiedKind
    where TCreate : class
    where TUpdate : class
{
    public Func<IServiceProvider, IReadOnlyList<SetItem<TCreate>>, CancellationToken, Task<Result<IReadOnlyList<SetItemResult>>>>? CreateSet
    {
        get;
        init;
    }

    public override string Name => name;

    public override string Table => table;

    public override void Translate(CopiedFields fields) => translate(fields);

    public override async Task<Result<string>> CreateAsync(
        IServiceProvider services, byte[] request, CancellationToken cancellationToken) =>
        Read<TCreate>(services, request).TryGetValue(out var read, out var error) ? await create(services, read, cancellationToken) : error;

    public override async Task<Result<string>> UpdateAsync(
        IServiceProvider services, Ulid id, byte[] request, CancellationToken cancellationToken) =>
        Read<TUpdate>(services, request).TryGetValue(out var read, out var error)
            ? await update(services, id, read, cancellationToken)
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

        if (!(await CreateSet!(services, valid, cancellationToken)).TryGetValue(out var created, out var refusal))
        {
            return refusal;
        }

        for (var index = 0; index < created.Count; index++)
        {
            results[positions[index]] = created[index];
        }

        return results;
    }

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
