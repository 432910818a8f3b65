using System.Text.Json.Nodes;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Kinds;

namespace Thena.Accounts.Moving.Copying;

/// <summary>
/// The members of a record that is copied. Replaces the IDs of other records by their IDs here, and so turns the response that another
/// server has given into a request to this one.
/// </summary>
/// <param name="members">The members of the record.</param>
/// <param name="references">The IDs here of the records that copied ones refer to.</param>
/// <param name="isPreview">Whether only the references are collected, and nothing is replaced.</param>
internal sealed class CopiedFields(JsonObject members, CopiedReferences references, bool isPreview) : IRecordMembers
{
    /// <summary>The first reference to a record that has not been imported, as a problem.</summary>
    public string? MissingRecord { get; private set; }

    /// <summary>The first reference to a user who does not exist here, as a problem.</summary>
    public string? MissingUser { get; private set; }

    /// <summary>The ID of the user whose record it is, if the record has such a user.</summary>
    public string? UserId { get; private set; }

    /// <inheritdoc/>
    public string Text(string member) => Text(members[member]);

    /// <inheritdoc/>
    public void Remove(string member)
    {
        if (!isPreview)
        {
            members.Remove(member);
        }
    }

    /// <inheritdoc/>
    public void Record(string member, string kind, bool mayComeLater = false)
    {
        if (Text(member) is not { Length: > 0 } id)
        {
            return;
        }

        if (Find(kind, id, member, isOptional: mayComeLater) is { } found)
        {
            Set(member, found);
        }
        else
        {
            Remove(member);
        }
    }

    /// <inheritdoc/>
    public void ShownRecord(string member, string kind)
    {
        if (Find(kind, Text(members[member], "id"), member) is { } found)
        {
            Set(member, found);
        }
    }

    /// <inheritdoc/>
    public void PickListValues(params ReadOnlySpan<string> members)
    {
        // Values are found by name. The names of refused ones may be those of others here, so they are found by the IDs of their copies.
        foreach (var member in members)
        {
            if (Text($"{member}Id") is { Length: > 0 } id && references.IsValueRefused(id))
            {
                Set(member, Find(AttributeValueKind.Plural, id, member));
            }
        }
    }

    /// <inheritdoc/>
    public void Flatten(string member, params ReadOnlySpan<string> names)
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

    /// <inheritdoc/>
    public bool IsFalse(string member) => members[member] is JsonValue value && value.TryGetValue<bool>(out var flag) && !flag;

    /// <inheritdoc/>
    public void ShownRecords(string member, string requestMember, string kind) => Set(
        requestMember,
        new JsonArray(
            [
                .. Items(member).Select(item => Find(kind, Text(item, "id"), member)).OfType<string>()
                    .Select(id => JsonValue.Create(id)),
            ]));

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public void Author(string member, string email, string name)
    {
        if (isPreview || references.ChoosesAuthors)
        {
            UserId = User(Text(member), member, Describe(email, name, ""));
        }
    }

    /// <inheritdoc/>
    public void Users(string member)
    {
        JsonNode[] users = [.. Items(member).Select(item => User(Text(item), member, Describe("", "", ""))).OfType<string>()
            .Select(id => JsonValue.Create(id))];
        Set(member, new JsonArray(users));
    }

    /// <inheritdoc/>
    /// <remarks>Sets the URLs to attach, if the attachments themselves cannot be copied.</remarks>
    public void Attachments()
    {
        if (!references.CopiesAttachments && Items("attachments").ToList() is { Count: > 0 } attachments)
        {
            Set("attachmentUrls", new JsonArray([.. attachments.OfType<JsonObject>().Select(one => one["url"]?.DeepClone())]));
        }
    }

    /// <inheritdoc/>
    public void CustomFieldValues()
    {
        foreach (var value in Items("customFieldValues").OfType<JsonObject>())
        {
            if (Find(CustomFieldKind.Plural, Text(value, "customFieldId"), "customFieldValues") is { } found && !isPreview)
            {
                value["customFieldId"] = found;
            }
        }
    }

    private void Set(string member, JsonNode? value)
    {
        if (!isPreview)
        {
            members[member] = value;
        }
    }

    private IEnumerable<JsonNode?> Items(string member) => members[member] as JsonArray ?? [];

    private string? Find(string kind, string id, string member, bool isOptional = false)
    {
        if (isPreview)
        {
            references.AddToFind(kind, id);
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
            references.AddUserToFind(id, user);
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
