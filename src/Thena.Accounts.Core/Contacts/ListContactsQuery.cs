using Thena.Accounts.Core.Paging;

namespace Thena.Accounts.Core.Contacts;

/// <summary>Which contacts to show. A filter that names nothing yields an empty list.</summary>
public sealed record ListContactsQuery : PageQuery
{
    /// <summary>The account that they belong to.</summary>
    public string? AccountId { get; init; }

    /// <summary>Id or value of a <c>contact_type</c>.</summary>
    public string? ContactType { get; init; }
}
