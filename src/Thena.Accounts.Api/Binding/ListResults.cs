using Microsoft.AspNetCore.Mvc;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.Responses;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Api.Binding;

/// <summary>Turns lists of records into action results.</summary>
internal static class ListResults
{
    /// <summary>Answers 200 with the records.</summary>
    public static ActionResult<IReadOnlyList<T>> ToOk<T>(this RecordList<T> list) =>
        list.Portions is { } portions
            ? new PortionsResult<T>(portions)
            : new OkObjectResult(list.Whole) { DeclaredType = typeof(IReadOnlyList<T>) };

    /// <summary>Answers 200 with the records, or the error.</summary>
    public static ActionResult<IReadOnlyList<T>> ToOk<T>(this Result<RecordList<T>> result) =>
        result.TryGetValue(out var list, out var error) ? list.ToOk() : new ErrorResult(error);
}
