namespace Thena.Accounts.Core.Contacts;

/// <summary>Contacts that are asked for by id.</summary>
public sealed record FilterContactsByIdsRequest
{
    /// <summary>The ids, 1 to 1,000. Unknown ones are left out of the answer.</summary>
    /// <example>["01M856FC88EB45WDYEEDBTX2QT"]</example>
    public IReadOnlyList<string>? Ids { get; init; }
}
