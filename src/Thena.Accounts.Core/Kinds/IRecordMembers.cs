namespace Thena.Accounts.Core.Kinds;

/// <summary>
/// The members of a record as the API shows it, on the way to a request that makes the same record where others have other IDs. The
/// descriptor of a kind says with it what each member refers to.
/// </summary>
public interface IRecordMembers
{
    /// <summary>A member has the ID of another record, or is empty.</summary>
    /// <param name="member">The member.</param>
    /// <param name="kind">The kind of the other record.</param>
    /// <param name="mayComeLater">Whether the member is left out as long as the other record does not exist.</param>
    void Record(string member, string kind, bool mayComeLater = false);

    /// <summary>A member has another record as an object, where a request has its ID.</summary>
    void ShownRecord(string member, string kind);

    /// <summary>A member has other records as objects.</summary>
    /// <param name="member">The member.</param>
    /// <param name="requestMember">The member of a request, which has their IDs.</param>
    /// <param name="kind">The kind of the other records.</param>
    void ShownRecords(string member, string requestMember, string kind);

    /// <summary>Members have values of pick lists, each with the member <c>…Id</c> beside it.</summary>
    void PickListValues(params ReadOnlySpan<string> members);

    /// <summary>A member has the ID of a user, or is empty. Other members describe the user.</summary>
    void User(string member, string email = "", string name = "", string avatarUrl = "");

    /// <summary>A member has the ID of the user whose record it is: its creator or author.</summary>
    void Author(string member, string email, string name);

    /// <summary>A member has the IDs of users.</summary>
    void Users(string member);

    /// <summary>The record has values of custom fields.</summary>
    void CustomFieldValues();

    /// <summary>The record has attachments.</summary>
    void Attachments();

    /// <summary>A member is an object, whose members are members of a request.</summary>
    void Flatten(string member, params ReadOnlySpan<string> names);

    /// <summary>Returns a member that is a text; an empty one if there is none.</summary>
    string Text(string member);

    /// <summary>Returns whether a member is <c>false</c>.</summary>
    bool IsFalse(string member);

    /// <summary>Leaves a member out of the request.</summary>
    void Remove(string member);
}
