namespace Thena.Accounts.Core.Kinds;

/// <summary>Collects the kinds that the members of a record refer to.</summary>
internal sealed class NamedKinds : IRecordMembers
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Returns the names of the kinds that records of a kind refer to.</summary>
    public static IReadOnlySet<string> Collect(RecordKind kind)
    {
        var members = new NamedKinds();
        kind.Describe(members);
        return members._names;
    }

    public void Record(string member, string kind, bool mayComeLater = false) => _names.Add(kind);

    public void ShownRecord(string member, string kind) => _names.Add(kind);

    public void ShownRecords(string member, string requestMember, string kind) => _names.Add(kind);

    public void PickListValues(params ReadOnlySpan<string> members) => _names.Add(SharedKinds.AttributeValues);

    public void User(string member, string email = "", string name = "", string avatarUrl = "") => _names.Add(SharedKinds.Users);

    public void Author(string member, string email, string name) => _names.Add(SharedKinds.Users);

    public void Users(string member) => _names.Add(SharedKinds.Users);

    public void CustomFieldValues() => _names.Add(SharedKinds.CustomFields);

    public void Attachments()
    {
    }

    public void Flatten(string member, params ReadOnlySpan<string> names)
    {
    }

    public string Text(string member) => "";

    public bool IsFalse(string member) => false;

    public void Remove(string member)
    {
    }
}
