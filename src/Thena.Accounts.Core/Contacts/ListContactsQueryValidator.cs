using Thena.Accounts.Core.Paging;

namespace Thena.Accounts.Core.Contacts;

/// <summary>The form of <see cref="ListContactsQuery"/>.</summary>
public sealed class ListContactsQueryValidator : PageQueryValidator<ListContactsQuery>;
