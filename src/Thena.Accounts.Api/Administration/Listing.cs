using Thena.Accounts.Api.Errors;
using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Api.Administration;

/// <summary>A list as one JSON object.</summary>
/// <typeparam name="T">The type of a row.</typeparam>
/// <param name="Items">The rows.</param>
internal sealed record Listing<T>(IReadOnlyList<T> Items)
{
    /// <summary>Wraps the rows, or returns the error.</summary>
    public static Result<Listing<T>> From(Result<IReadOnlyList<T>> rows) => rows.Map(items => new Listing<T>(items));

    /// <summary>Returns this list as a successful result.</summary>
    public Result<Listing<T>> ToResult() => this;
}
