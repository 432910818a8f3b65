using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.WebUtilities;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Activities;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Bulk;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Deliveries;
using Thena.Accounts.Core.Ingest;
using Thena.Accounts.Core.Kinds;
using Thena.Accounts.Core.Notes;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Relationships;
using Thena.Accounts.Core.Webhooks;
using Thena.Accounts.Moving.Demo;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>
/// The examples that the comments of the types do not have. IDs are those of the demo data, so that each operation works there as its
/// example stands. What an operation deletes, no other one names.
/// </summary>
internal static class Examples
{
    /// <summary>Webhooks are no records, and not in the demo data.</summary>
    private const string Webhooks = "webhooks";

    /// <summary>The IDs of answers that are no record of a kind of their own.</summary>
    private static readonly Dictionary<Type, string> IdOfPart = new()
    {
        [typeof(ContactAccountResponse)] = DemoIds.Of(AccountKind.Plural, 1),
        [typeof(BulkItemResponse)] = DemoIds.Of(AccountKind.Plural, 1),
        [typeof(IngestedUserResponse)] = DemoIds.Of(ContactKind.Plural, 1),
        [typeof(WebhookResponse)] = DemoIds.Of(Webhooks, 1),
        [typeof(WebhookWithSecretResponse)] = DemoIds.Of(Webhooks, 1),
        [typeof(WebhookDeliveryResponse)] = DemoIds.Of(Webhooks, 2),
        [typeof(AttachmentResponse)] = DemoIds.OfAttachment(NoteKind.Plural, 1),
    };

    /// <summary>Returns an error as the server returns it.</summary>
    public static JsonObject OfError(int status, string message) => new()
    {
        ["statusCode"] = status,
        ["message"] = message,
        ["error"] = ReasonPhrases.GetReasonPhrase(status),
    };

    /// <summary>Returns the IDs in the path of an operation: of a record, and of its attachment.</summary>
    public static IReadOnlyList<string> PathIdsOf(ApiDescription operation)
    {
        var path = operation.RelativePath!;
        var ids = path.Count(letter => letter == '{');
        var kind = RecordKinds.All.Where(kind => kind.Path.Length > 0 && path.StartsWith(kind.Path + "/{", StringComparison.Ordinal))
            .MaxBy(kind => kind.Path.Length);
        return kind is null ? []
            : ids > 1 ? [DemoIds.Of(kind.Name, kind.Examples.Shown), DemoIds.OfAttachment(kind.Name, kind.Examples.Shown)]
            : path.EndsWith("/erase", StringComparison.Ordinal) ? [DemoIds.Of(kind.Name, kind.Examples.Erased)]
            : HttpMethods.IsDelete(operation.HttpMethod!) ? [DemoIds.Of(kind.Name, kind.Examples.Deleted)]
            : [DemoIds.Of(kind.Name, kind.Examples.Shown)];
    }

    /// <summary>Returns the example of a request that changes a record.</summary>
    /// <remarks>A few fields are changed. The comments of the fields have the examples of a new record.</remarks>
    public static JsonNode? ChangesOf(Type request) =>
        RecordKinds.All.FirstOrDefault(kind => kind.Requests?.UpdateType == request)?.Examples.Change is { } json
            ? JsonNode.Parse(json)
            : null;

    /// <summary>Returns the example of a member of a response, where its name tells what it looks like.</summary>
    public static JsonNode? OfAnswer(Type response, string name) => name switch
    {
        "id" or "uid" => IdOf(response),
        "accountOwnerId" or "authorId" or "creatorId" or "assigneeId" => DemoIds.Of(UserKind.Plural, 1),
        "accountOwnerEmail" or "authorEmail" or "creatorEmail" => "dana@demo.example",
        "accountOwnerAvatarUrl" => "https://demo.example/dana.png",
        "accountOwner" or "author" or "creator" => "Dana Demo",
        "participants" => new JsonArray(DemoIds.Of(UserKind.Plural, 1)),
        "eventId" or "requestId" or "apiKeyId" or "orgId" => DemoIds.Of(AccountKind.Plural, 1),
        "nextCursor" or "oldestCursor" => "MDFKR1lQTlA0MDRXVEpaTVlaMEpXWTBaWksgNw",
        "accountId" or "existingId" => DemoIds.Of(AccountKind.Plural, 1),
        "relatedAccountId" => DemoIds.Of(AccountKind.Plural, 3),
        "inverseRelationshipId" => DemoIds.Of(RelationshipTypeKind.Plural, 2),
        "webhookId" => DemoIds.Of(Webhooks, 1),
        "activityId" => DemoIds.Of(ActivityKind.Plural, 1),
        "teamId" => "",
        "customFieldId" => DemoIds.Of(CustomFieldKind.Plural, 1),
        "metadata" => new JsonObject { ["crmId"] = "A-1024" },
        "createdAt" or "updatedAt" or "timestamp" or "at" => "2025-01-06T21:00:00.000Z",
        "data" when response == typeof(CustomFieldEnvelope<IReadOnlyList<string>>) =>
            new JsonArray(DemoIds.Of(CustomFieldKind.Plural, 3)),
        "data" when response == typeof(CustomFieldEnvelope<IReadOnlyDictionary<string, IReadOnlyList<string>>>) =>
            new JsonObject { ["numeric"] = new JsonArray("integer", "decimal", "currency") },
        _ when name.EndsWith("Id", StringComparison.Ordinal) => DemoIds.Of(AttributeValueKind.Plural, 1),
        _ => null,
    };

    private static string IdOf(Type response) => IdOfPart.TryGetValue(response, out var id)
        ? id
        : DemoIds.Of(RecordKinds.All.FirstOrDefault(kind => kind.ResponseType == response)?.Name ?? AttributeValueKind.Plural, 1);
}
