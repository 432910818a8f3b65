namespace Thena.Accounts.Core.Kinds;

/// <summary>What the descriptor of a kind says about the members of a record.</summary>
internal sealed class DescribedMembers : IRecordMembers
{
    private readonly HashSet<string> _kinds = new(StringComparer.Ordinal);
    private readonly HashSet<string> _accounts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _describing = new(StringComparer.Ordinal);

    /// <summary>The names of the kinds that members refer to.</summary>
    public IReadOnlySet<string> Kinds => _kinds;

    /// <summary>The members that have the ID of an account, or accounts as objects.</summary>
    public IReadOnlySet<string> Accounts => _accounts;

    /// <summary>The members that only tell more about another one, such as <c>statusId</c> about <c>status</c>.</summary>
    public IReadOnlySet<string> Describing => _describing;

    /// <summary>Reads the descriptor of a kind.</summary>
    public static DescribedMembers Collect(RecordKind kind)
    {
        var members = new DescribedMembers();
        kind.Describe(members);
        return members;
    }

    public void Record(string member, string kind, bool mayComeLater = false) => Add(member, kind);

    public void ShownRecord(string member, string kind) => Add(member, kind);

    public void ShownRecords(string member, string requestMember, string kind) => Add(member, kind);

    public void PickListValues(params ReadOnlySpan<string> members)
    {
        _kinds.Add(SharedKinds.AttributeValues);
        foreach (var member in members)
        {
            _describing.Add($"{member}Id");
            _describing.Add($"{member}Configuration");
        }
    }

    public void User(string member, string email = "", string name = "", string avatarUrl = "")
    {
        Users(member);
        _describing.UnionWith([email, name, avatarUrl]);
    }

    public void Author(string member, string email, string name) => User(member, email, name);

    public void Users(string member) => _kinds.Add(SharedKinds.Users);

    public void CustomFieldValues() => _kinds.Add(SharedKinds.CustomFields);

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

    private void Add(string member, string kind)
    {
        _kinds.Add(kind);
        if (kind == SharedKinds.Accounts)
        {
            _accounts.Add(member);
        }
    }
}
