using Thena.Accounts.Core.Paging;

namespace Thena.Accounts.Core.Relationships;

/// <summary>Filters for a list of relationships. A filter that names nothing yields an empty list.</summary>
public sealed record ListRelationshipsQuery : PageQuery
{
    /// <summary>The ID of an account at either end.</summary>
    public string? AccountId { get; init; }

    /// <summary>The ID of the relationship type.</summary>
    public string? RelationshipTypeId { get; init; }
}

internal sealed class ListRelationshipsQueryValidator : PageQueryValidator<ListRelationshipsQuery>;
