using Thena.Accounts.Api.Errors;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Api.Administration;

/// <summary>A list as one JSON object.</summary>
/// <typeparam name="T">The rows.</typeparam>
/// <param name="Items">The rows.</param>
internal sealed record Listing<T>(IReadOnlyList<T> Items)
{
    /// <summary>The rows, or the error.</summary>
    public static Result<Listing<T>> Of(Result<IReadOnlyList<T>> rows) => rows.Map(items => new Listing<T>(items));

    /// <summary>This, as it could not fail.</summary>
    public Result<Listing<T>> ToResult() => this;
}
