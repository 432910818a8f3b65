using Microsoft.AspNetCore.Mvc;
using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Api.Errors;

/// <summary>Turns the result of a use case into an action result.</summary>
internal static class ResultMapping
{
    /// <summary>Answers 200 with the value, or the error.</summary>
    public static ActionResult<T> ToOk<T>(this Result<T> result) => result.ToActionResult(_ => StatusCodes.Status200OK);

    /// <summary>Answers 201 with the value, or the error.</summary>
    public static ActionResult<T> ToCreated<T>(this Result<T> result) => result.ToActionResult(_ => StatusCodes.Status201Created);

    /// <summary>Answers with the value and a status that depends on it, or with the error.</summary>
    public static ActionResult<T> ToActionResult<T>(this Result<T> result, Func<T, int> status) =>
        result.TryGetValue(out var value, out var error)
            ? new ObjectResult(value) { StatusCode = status(value), DeclaredType = typeof(T) }
            : new ErrorResult(error);

    /// <summary>Answers 200 without a body, or the error.</summary>
    public static ActionResult ToEmpty(this Result result) => result.Error is { } error ? new ErrorResult(error) : new OkResult();

    /// <summary>Converts the value, and keeps an error as it is.</summary>
    public static Result<TOther> Map<T, TOther>(this Result<T> result, Func<T, TOther> map) =>
        result.TryGetValue(out var value, out var error) ? map(value) : error;
}
