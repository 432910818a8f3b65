using Thena.Accounts.Core.Paging;

namespace Thena.Accounts.Core.Activities;

/// <summary>The form of <see cref="ListActivitiesQuery"/>.</summary>
public sealed class ListActivitiesQueryValidator : PageQueryValidator<ListActivitiesQuery>;
