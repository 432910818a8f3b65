using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Activities;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Bulk;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Ingest;
using Thena.Accounts.Core.Moving;
using Thena.Accounts.Core.Moving.Rows;
using Thena.Accounts.Core.Notes;
using Thena.Accounts.Core.Relationships;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Core.Tasks;

namespace Thena.Accounts.Core.Json;

/// <summary>
/// The JSON rules of the API: camelCase, nulls are written, unknown members are ignored, duplicate members are refused, and a body has at
/// most 64 levels.
/// </summary>
public static class WireJson
{
    /// <summary>The largest number of nested levels of objects and arrays in a body.</summary>
    public const int MaxDepth = 64;

    /// <summary>The largest number of items in an array that the API defines.</summary>
    public const int MaxItems = 5_000;

    /// <summary>
    /// Writes letters of all scripts without escapes. This is safe: responses declare <c>charset=utf-8</c> and are never embedded in HTML.
    /// </summary>
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>The content type of responses.</summary>
    public const string ContentType = "application/json; charset=utf-8";

    /// <summary>The options, with the generated contracts of all requests and responses.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Options for documents that follow the same rules.</summary>
    internal static JsonDocumentOptions DocumentOptions { get; } = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(WireJsonContext.Default.Options)
        {
            TypeInfoResolver = WireJsonContext.Default,
            Encoder = Encoder,
        };
        options.MakeReadOnly();
        return options;
    }
}

/// <summary>The generated contracts of all requests and responses. Use <see cref="WireJson.Options"/> instead of this class.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    AllowDuplicateProperties = false,
    MaxDepth = WireJson.MaxDepth,
    Converters = [typeof(TimestampJsonConverter), typeof(WholeNumberJsonConverter), typeof(DecimalJsonConverter)])]
[JsonSerializable(typeof(CopiedTwin))]
[JsonSerializable(typeof(CopyHeader))]
[JsonSerializable(typeof(ExportManifest))]
[JsonSerializable(typeof(ExportedUser))]
[JsonSerializable(typeof(ImportLine))]
[JsonSerializable(typeof(AccountResponse))]
[JsonSerializable(typeof(IReadOnlyList<AccountResponse>))]
[JsonSerializable(typeof(CreateAccountRequest))]
[JsonSerializable(typeof(UpdateAccountRequest))]
[JsonSerializable(typeof(CreateAccountsRequest))]
[JsonSerializable(typeof(BulkCreateResponse))]
[JsonSerializable(typeof(FilterAccountsByIdsRequest))]
[JsonSerializable(typeof(FilterAccountsByPrimaryDomainsRequest))]
[JsonSerializable(typeof(AttributeValueResponse))]
[JsonSerializable(typeof(IReadOnlyList<AttributeValueResponse>))]
[JsonSerializable(typeof(CreateAttributeValueRequest))]
[JsonSerializable(typeof(UpdateAttributeValueRequest))]
[JsonSerializable(typeof(CreateCustomFieldRequest))]
[JsonSerializable(typeof(UpdateCustomFieldsRequest))]
[JsonSerializable(typeof(DeleteCustomFieldsRequest))]
[JsonSerializable(typeof(CustomFieldEnvelope<CustomFieldResponse>))]
[JsonSerializable(typeof(CustomFieldEnvelope<IReadOnlyList<CustomFieldResponse>>))]
[JsonSerializable(typeof(CustomFieldEnvelope<IReadOnlyDictionary<string, IReadOnlyList<string>>>))]
[JsonSerializable(typeof(CustomFieldEnvelope<IReadOnlyList<string>>))]
[JsonSerializable(typeof(ContactResponse))]
[JsonSerializable(typeof(IReadOnlyList<ContactResponse>))]
[JsonSerializable(typeof(CreateContactRequest))]
[JsonSerializable(typeof(UpdateContactRequest))]
[JsonSerializable(typeof(CreateContactsRequest))]
[JsonSerializable(typeof(FilterContactsByIdsRequest))]
[JsonSerializable(typeof(IngestUsersRequest))]
[JsonSerializable(typeof(IngestUsersResponse))]
[JsonSerializable(typeof(RelationshipTypeResponse))]
[JsonSerializable(typeof(IReadOnlyList<RelationshipTypeResponse>))]
[JsonSerializable(typeof(CreateRelationshipTypeRequest))]
[JsonSerializable(typeof(UpdateRelationshipTypeRequest))]
[JsonSerializable(typeof(RelationshipResponse))]
[JsonSerializable(typeof(IReadOnlyList<RelationshipResponse>))]
[JsonSerializable(typeof(CreateRelationshipRequest))]
[JsonSerializable(typeof(UpdateRelationshipRequest))]
[JsonSerializable(typeof(ActivityResponse))]
[JsonSerializable(typeof(IReadOnlyList<ActivityResponse>))]
[JsonSerializable(typeof(CreateActivityRequest))]
[JsonSerializable(typeof(UpdateActivityRequest))]
[JsonSerializable(typeof(NoteResponse))]
[JsonSerializable(typeof(IReadOnlyList<NoteResponse>))]
[JsonSerializable(typeof(CreateNoteRequest))]
[JsonSerializable(typeof(UpdateNoteRequest))]
[JsonSerializable(typeof(TaskResponse))]
[JsonSerializable(typeof(IReadOnlyList<TaskResponse>))]
[JsonSerializable(typeof(CreateTaskRequest))]
[JsonSerializable(typeof(UpdateTaskRequest))]
[JsonSerializable(typeof(ErrorResponse))]
[JsonSerializable(typeof(RawJson?))]
[JsonSerializable(typeof(bool?))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(decimal?))]
[JsonSerializable(typeof(DateTimeOffset?))]
[JsonSerializable(typeof(IReadOnlyList<CustomFieldValueInput>))]
[JsonSerializable(typeof(IReadOnlyList<CustomFieldOption>))]
[JsonSerializable(typeof(CustomFieldUpdates))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IdList))]
internal sealed partial class WireJsonContext : JsonSerializerContext;
