using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Activities;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Bulk;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Ingest;
using Thena.Accounts.Core.Moving;
using Thena.Accounts.Core.Moving.Demo;
using Thena.Accounts.Core.Notes;
using Thena.Accounts.Core.Relationships;
using Thena.Accounts.Core.Tasks;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>
/// The examples that the comments of the types do not have. IDs are those of the demo data, so that each operation works there as its
/// example stands. What an operation deletes, no other one names.
/// </summary>
internal static class Examples
{
    /// <summary>The IDs in the path of an operation, in their order.</summary>
    private static readonly Dictionary<string, string[]> PathIds = new(StringComparer.Ordinal)
    {
        ["getAccountDetails"] = [DemoIds.Of(RecordKinds.Accounts, 1)],
        ["updateAccount"] = [DemoIds.Of(RecordKinds.Accounts, 1)],
        ["deleteAccount"] = [DemoIds.Of(RecordKinds.Accounts, 503)],
        ["updateAttributeValue"] = [DemoIds.Of(RecordKinds.AttributeValues, 1)],
        ["deleteAttributeValue"] = [DemoIds.Of(RecordKinds.AttributeValues, 2)],
        ["updateContact"] = [DemoIds.Of(RecordKinds.Contacts, 1)],
        ["deleteContact"] = [DemoIds.Of(RecordKinds.Contacts, 2)],
        ["updateRelationshipType"] = [DemoIds.Of(RecordKinds.RelationshipTypes, 4)],
        ["deleteRelationshipType"] = [DemoIds.Of(RecordKinds.RelationshipTypes, 5)],
        ["updateRelationship"] = [DemoIds.Of(RecordKinds.Relationships, 1)],
        ["deleteRelationship"] = [DemoIds.Of(RecordKinds.Relationships, 2)],
        ["updateActivity"] = [DemoIds.Of(RecordKinds.Activities, 1)],
        ["deleteActivity"] = [DemoIds.Of(RecordKinds.Activities, 2)],
        ["removeActivityAttachment"] =
            [DemoIds.Of(RecordKinds.Activities, 1), DemoIds.OfAttachment(RecordKinds.Activities, 1)],
        ["updateNote"] = [DemoIds.Of(RecordKinds.Notes, 1)],
        ["deleteNote"] = [DemoIds.Of(RecordKinds.Notes, 2)],
        ["removeNoteAttachment"] = [DemoIds.Of(RecordKinds.Notes, 1), DemoIds.OfAttachment(RecordKinds.Notes, 1)],
        ["updateTask"] = [DemoIds.Of(RecordKinds.Tasks, 1)],
        ["deleteTask"] = [DemoIds.Of(RecordKinds.Tasks, 2)],
        ["removeTaskAttachment"] = [DemoIds.Of(RecordKinds.Tasks, 1), DemoIds.OfAttachment(RecordKinds.Tasks, 1)],
    };

    /// <summary>Changes of a few fields. The comments of the fields have the examples of a new record.</summary>
    private static readonly Dictionary<Type, string> Changes = new()
    {
        [typeof(UpdateAccountRequest)] = """{"status": "ACTIVE", "health": "YELLOW", "employees": 1250}""",
        [typeof(UpdateContactRequest)] = """{"phoneNumber": "+1 (555) 123-4567", "contactType": "BILLING"}""",
        [typeof(UpdateActivityRequest)] = """{"status": "COMPLETED", "duration": 30}""",
        [typeof(UpdateNoteRequest)] = """{"content": "Has signed for 50 more seats.", "visibility": "team"}""",
        [typeof(UpdateTaskRequest)] = """{"status": "COMPLETED", "priority": "LOW"}""",
        [typeof(UpdateAttributeValueRequest)] = """{"icon": "rocket-launch", "color": "#16A34A"}""",
        [typeof(UpdateRelationshipTypeRequest)] = """{"name": "Authorized distributor"}""",
        [typeof(CustomFieldUpdates)] = """{"description": "What the customer has signed.", "hintText": "See the contract"}""",
    };

    private static readonly Dictionary<Type, string> IdOfAnswer = new()
    {
        [typeof(AccountResponse)] = DemoIds.Of(RecordKinds.Accounts, 1),
        [typeof(ContactAccountResponse)] = DemoIds.Of(RecordKinds.Accounts, 1),
        [typeof(BulkItemResponse)] = DemoIds.Of(RecordKinds.Accounts, 1),
        [typeof(ContactResponse)] = DemoIds.Of(RecordKinds.Contacts, 1),
        [typeof(IngestedUserResponse)] = DemoIds.Of(RecordKinds.Contacts, 1),
        [typeof(CustomFieldResponse)] = DemoIds.Of(RecordKinds.CustomFields, 1),
        [typeof(RelationshipTypeResponse)] = DemoIds.Of(RecordKinds.RelationshipTypes, 1),
        [typeof(RelationshipResponse)] = DemoIds.Of(RecordKinds.Relationships, 1),
        [typeof(ActivityResponse)] = DemoIds.Of(RecordKinds.Activities, 1),
        [typeof(NoteResponse)] = DemoIds.Of(RecordKinds.Notes, 1),
        [typeof(TaskResponse)] = DemoIds.Of(RecordKinds.Tasks, 1),
        [typeof(AttachmentResponse)] = DemoIds.OfAttachment(RecordKinds.Notes, 1),
    };

    /// <summary>Returns an error as the server returns it.</summary>
    public static JsonObject OfError(int status, string message) => new()
    {
        ["statusCode"] = status,
        ["message"] = message,
        ["error"] = ReasonPhrases.GetReasonPhrase(status),
    };

    /// <summary>Returns the IDs in the path of an operation.</summary>
    public static IReadOnlyList<string> PathIdsOf(string operationId) => PathIds.GetValueOrDefault(operationId, []);

    /// <summary>Returns the example of a request that changes a record.</summary>
    public static JsonNode? ChangesOf(Type request) => Changes.TryGetValue(request, out var json) ? JsonNode.Parse(json) : null;

    /// <summary>Returns the example of a member of a response, where its name tells what it looks like.</summary>
    public static JsonNode? OfAnswer(Type response, string name) => name switch
    {
        "id" or "uid" => IdOfAnswer.GetValueOrDefault(response, DemoIds.Of(RecordKinds.AttributeValues, 1)),
        "accountOwnerId" or "authorId" or "creatorId" or "assigneeId" => DemoIds.Of(RecordKinds.Users, 1),
        "accountOwnerEmail" or "authorEmail" or "creatorEmail" => "dana@demo.example",
        "accountOwnerAvatarUrl" => "https://demo.example/dana.png",
        "accountOwner" or "author" or "creator" => "Dana Demo",
        "participants" => new JsonArray(DemoIds.Of(RecordKinds.Users, 1)),
        "accountId" or "existingId" => DemoIds.Of(RecordKinds.Accounts, 1),
        "relatedAccountId" => DemoIds.Of(RecordKinds.Accounts, 3),
        "inverseRelationshipId" => DemoIds.Of(RecordKinds.RelationshipTypes, 2),
        "activityId" => DemoIds.Of(RecordKinds.Activities, 1),
        "teamId" => "",
        "customFieldId" => DemoIds.Of(RecordKinds.CustomFields, 1),
        "metadata" => new JsonObject { ["crmId"] = "A-1024" },
        "createdAt" or "updatedAt" or "timestamp" => "2025-01-06T21:00:00.000Z",
        "data" when response == typeof(CustomFieldEnvelope<IReadOnlyList<string>>) =>
            new JsonArray(DemoIds.Of(RecordKinds.CustomFields, 3)),
        "data" when response == typeof(CustomFieldEnvelope<IReadOnlyDictionary<string, IReadOnlyList<string>>>) =>
            new JsonObject { ["numeric"] = new JsonArray("integer", "decimal", "currency") },
        _ when name.EndsWith("Id", StringComparison.Ordinal) => DemoIds.Of(RecordKinds.AttributeValues, 1),
        _ => null,
    };
}
