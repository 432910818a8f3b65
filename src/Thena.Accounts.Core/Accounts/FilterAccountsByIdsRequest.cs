namespace Thena.Accounts.Core.Accounts;

/// <summary>Accounts that are asked for by id.</summary>
public sealed record FilterAccountsByIdsRequest
{
    /// <summary>The ids, 1 to 1,000. Unknown ones are left out of the answer.</summary>
    /// <example>["01M856FC88EB45WDYEEDBTX2QT"]</example>
    public IReadOnlyList<string>? Ids { get; init; }
}
