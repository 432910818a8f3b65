using System.Collections.Frozen;

namespace Thena.Accounts.Api.Binding;

/// <summary>
/// Keeps the fixed segments of the contract's paths from being read as IDs. So <c>DELETE /v1/accounts/bulk</c> is a 405, and not a 404
/// for an unknown account.
/// </summary>
internal sealed class NotFixedSegmentConstraint : IRouteConstraint
{
    /// <summary>The name of the constraint in routes, as in <c>{id:recordId}</c>.</summary>
    public const string Name = "recordId";

    private static readonly FrozenSet<string> FixedSegments = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "account-custom-fields", "activities", "attachments", "attributes", "bulk", "contacts", "export", "filter", "import", "ingest",
        "notes", "relationships", "search", "tasks", "types");

    public bool Match(
        HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values.TryGetValue(routeKey, out var value) && value is string segment && !FixedSegments.Contains(segment);
}
