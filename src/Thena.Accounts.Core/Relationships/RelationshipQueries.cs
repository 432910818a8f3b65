using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Deletion;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Relationships;

/// <summary>Filters for a list of relationships. A filter with an unknown ID yields an empty list.</summary>
public sealed record ListRelationshipsQuery : PageQuery
{
    /// <summary>The ID of an account at either end.</summary>
    public string? AccountId { get; init; }

    /// <summary>The ID of the relationship type.</summary>
    public string? RelationshipTypeId { get; init; }
}

internal sealed class ListRelationshipsQueryValidator : PageQueryValidator<ListRelationshipsQuery>;

/// <summary>Deletes the relationships of a deleted account.</summary>
internal sealed class AccountRelationshipDependents : IDependents<Account>
{
    public string Kind => RelationshipKind.Plural;

    public LockedSet Lock(Ulid id, Unit unit) => unit.DeleteAll(
        unit.Of<Relationship>().Where($"(r.account_id = {id} or r.related_account_id = {id})"));
}
