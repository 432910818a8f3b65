using Thena.Accounts.Core.Paging;

namespace Thena.Accounts.Core.Notes;

/// <summary>The form of <see cref="ListNotesQuery"/>.</summary>
public sealed class ListNotesQueryValidator : PageQueryValidator<ListNotesQuery>;
