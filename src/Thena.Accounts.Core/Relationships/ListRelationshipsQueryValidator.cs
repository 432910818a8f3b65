using Thena.Accounts.Core.Paging;

namespace Thena.Accounts.Core.Relationships;

/// <summary>The form of <see cref="ListRelationshipsQuery"/>.</summary>
public sealed class ListRelationshipsQueryValidator : PageQueryValidator<ListRelationshipsQuery>;
