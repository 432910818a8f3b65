using System.Text.Json.Nodes;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Moving;

/// <summary>
/// The members of a record that is copied. Replaces the IDs of other records by their IDs here, and so turns the response that another
/// server has given into a request to this one.
/// </summary>
/// <param name="members">The members of the record.</param>
/// <param name="references">The IDs here of the records that copied ones refer to.</param>
/// <param name="isPreview">Whether only the references are collected, and nothing is replaced.</param>
internal sealed class CopiedFields(JsonObject members, CopiedReferences references, bool isPreview)
{
    /// <summary>The first reference to a record that has not been imported, as a problem.</summary>
    public string? MissingRecord { get; private set; }

    /// <summary>The first reference to a user who does not exist here, as a problem.</summary>
    public string? MissingUser { get; private set; }

    /// <summary>The ID of the user whose record it is, if the record has such a user.</summary>
    public string? UserId { get; private set; }

    /// <summary>Returns a member that is a text.</summary>
    public string Text(string member) => Text(members[member]);

    /// <summary>Sets a member of the request.</summary>
    public void Set(string member, JsonNode? value)
    {
        if (!isPreview)
        {
            members[member] = value;
        }
    }

    /// <summary>Removes a member.</summary>
    public void Remove(string member)
    {
        if (!isPreview)
        {
            members.Remove(member);
        }
    }

    /// <summary>Replaces the ID of another record. An empty one stays.</summary>
    /// <param name="member">The member.</param>
    /// <param name="kind">The kind of the other record.</param>
    /// <param name="isDeferred">Whether the member is left out as long as the other record has not been imported.</param>
    public void Reference(string member, string kind, bool isDeferred = false)
    {
        if (Text(member) is not { Length: > 0 } id)
        {
            return;
        }

        if (Find(kind, id, member, isOptional: isDeferred) is { } found)
        {
            Set(member, found);
        }
        else
        {
            Remove(member);
        }
    }

    /// <summary>Replaces an object by the ID here of the record that it shows.</summary>
    public void ReferenceOf(string member, string kind)
    {
        if (Find(kind, Text(members[member], "id"), member) is { } found)
        {
            Set(member, found);
        }
    }

    /// <summary>
    /// Names pick list values, which are found by name, by the IDs of their copies instead if they have been refused: their names may be
    /// those of others here. Such a value is missing if it has no copy.
    /// </summary>
    /// <param name="members">The members with the names. Others with the same names and <c>Id</c> have the IDs.</param>
    public void Values(params ReadOnlySpan<string> members)
    {
        foreach (var member in members)
        {
            if (Text($"{member}Id") is { Length: > 0 } id && references.IsValueRefused(id))
            {
                Set(member, Find(RecordKinds.AttributeValues, id, member));
            }
        }
    }

    /// <summary>Moves members of an object up to the record.</summary>
    public void Lift(string member, params ReadOnlySpan<string> names)
    {
        if (isPreview || members[member] is not JsonObject parent)
        {
            return;
        }

        foreach (var name in names)
        {
            members[name] = parent[name]?.DeepClone();
        }
    }

    /// <summary>Returns whether a member is <c>false</c>.</summary>
    public bool IsFalse(string member) => members[member] is JsonValue value && value.TryGetValue<bool>(out var flag) && !flag;

    /// <summary>Sets a member to the IDs of other records, from the objects of another member.</summary>
    public void References(string member, string objects, string kind) => Set(
        member,
        new JsonArray(
            [
                .. Items(objects).Select(item => Find(kind, Text(item, "id"), objects)).OfType<string>()
                    .Select(id => JsonValue.Create(id)),
            ]));

    /// <summary>Replaces the ID of a user, whom other members describe.</summary>
    public void User(string member, string email = "", string name = "", string avatarUrl = "")
    {
        if (Text(member) is not { Length: > 0 } id)
        {
            return;
        }

        if (User(id, member, Describe(email, name, avatarUrl)) is { } found)
        {
            Set(member, found);
        }
        else
        {
            Remove(member);
        }
    }

    /// <summary>Makes a user the one whose record it is: its creator or author.</summary>
    public void Author(string member, string email, string name)
    {
        if (isPreview || references.ChoosesAuthors)
        {
            UserId = User(Text(member), member, Describe(email, name, ""));
        }
    }

    /// <summary>Replaces the IDs of users in an array.</summary>
    public void Users(string member)
    {
        JsonNode[] users = [.. Items(member).Select(item => User(Text(item), member, Describe("", "", ""))).OfType<string>()
            .Select(id => JsonValue.Create(id))];
        Set(member, new JsonArray(users));
    }

    /// <summary>Sets the URLs to attach, if the attachments themselves cannot be copied.</summary>
    public void Attachments()
    {
        if (!references.CopiesAttachments && Items("attachments").ToList() is { Count: > 0 } attachments)
        {
            Set("attachmentUrls", new JsonArray([.. attachments.OfType<JsonObject>().Select(one => one["url"]?.DeepClone())]));
        }
    }

    /// <summary>Replaces the IDs of custom fields.</summary>
    public void CustomFieldValues()
    {
        foreach (var value in Items("customFieldValues").OfType<JsonObject>())
        {
            if (Find(RecordKinds.CustomFields, Text(value, "customFieldId"), "customFieldValues") is { } found && !isPreview)
            {
                value["customFieldId"] = found;
            }
        }
    }

    private IEnumerable<JsonNode?> Items(string member) => members[member] as JsonArray ?? [];

    private string? Find(string kind, string id, string member, bool isOptional = false)
    {
        if (isPreview)
        {
            references.Want(kind, id);
            return null;
        }

        var found = references.Find(kind, id);
        MissingRecord ??= found is null && !isOptional ? $"{member}: the record {id} ({kind}) has not been imported" : null;
        return found;
    }

    private CopiedUser Describe(string email, string name, string avatarUrl) => new(Text(email), Text(name), Text(avatarUrl));

    private string? User(string id, string member, CopiedUser user)
    {
        if (isPreview)
        {
            references.WantUser(id, user);
            return null;
        }

        var found = references.FindUser(id);
        MissingUser ??= found is null && !references.LeavesUsersOut
            ? $"{member}: the user {(user.Email.Length > 0 ? user.Email : id)} {references.UserIsMissing}"
            : null;
        return found;
    }

    private static string Text(JsonNode? node) => node.TextOrNull() ?? "";

    private static string Text(JsonNode? parent, string member) => parent is JsonObject ? Text(parent[member]) : "";
}
