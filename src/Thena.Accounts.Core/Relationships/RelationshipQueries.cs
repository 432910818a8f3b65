using Thena.Accounts.Core.Paging;

namespace Thena.Accounts.Core.Relationships;

/// <summary>Which relationships to show. A filter that names nothing yields an empty list.</summary>
public sealed record ListRelationshipsQuery : PageQuery
{
    /// <summary>An account at either end.</summary>
    public string? AccountId { get; init; }

    /// <summary>The relationship type.</summary>
    public string? RelationshipTypeId { get; init; }
}

/// <summary>The form of <see cref="ListRelationshipsQuery"/>.</summary>
public sealed class ListRelationshipsQueryValidator : PageQueryValidator<ListRelationshipsQuery>;
