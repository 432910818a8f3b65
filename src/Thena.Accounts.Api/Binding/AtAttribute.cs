using Microsoft.AspNetCore.Mvc;

namespace Thena.Accounts.Api.Binding;

/// <summary>Marks the query parameter <c>at</c> of details: the time of which a record is shown.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class AtAttribute : FromQueryAttribute
{
    /// <summary>What the API document says of the parameter.</summary>
    public const string Description =
        "Returns the record as it was at this time, with the names of that time. If the record did not exist yet or was already deleted, "
            + "the response is a 404.";
}
