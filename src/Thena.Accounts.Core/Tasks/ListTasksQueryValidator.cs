using Thena.Accounts.Core.Paging;

namespace Thena.Accounts.Core.Tasks;

/// <summary>The form of <see cref="ListTasksQuery"/>.</summary>
public sealed class ListTasksQueryValidator : PageQueryValidator<ListTasksQuery>;
