using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.ReferenceData;

namespace Thena.Accounts.Postgres.Changes;

/// <summary>A kind of records whose changes are recorded. The descriptors of the features implement it.</summary>
public interface IRecordedKind
{
    /// <summary>The entity.</summary>
    Type EntityType { get; }

    /// <summary>The name in the types of events, such as <c>account-note</c>.</summary>
    string EventName { get; }

    /// <summary>The members that only tell more about another one, such as <c>statusId</c> about <c>status</c>.</summary>
    IReadOnlySet<string> DescribingMembers { get; }

    /// <summary>The members that have the ID of an account, or accounts as objects.</summary>
    IReadOnlySet<string> AccountMembers { get; }

    /// <summary>Returns the JSON of a record as the API shows it.</summary>
    byte[] ToJson(TenantEntity record, References references);

    /// <summary>Returns the user who alone may see a record; null if all may.</summary>
    Ulid? VisibleTo(TenantEntity record);
}
