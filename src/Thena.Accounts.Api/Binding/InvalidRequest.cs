using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Api.Binding;

/// <summary>Answers a request that failed binding or validation.</summary>
internal static class InvalidRequest
{
    /// <summary>Reports the first problem of each field. So a field of the wrong type is not also reported as missing.</summary>
    public static IActionResult Answer(ActionContext context)
    {
        List<FieldError> problems = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var (field, entry) in context.ModelState)
        {
            if (entry.ValidationState == ModelValidationState.Invalid && seen.Add(field))
            {
                problems.Add(new FieldError(CamelCase(field), entry.Errors[0].ErrorMessage));
            }
        }

        return new ErrorResult(problems is [{ Field: "" } whole] ? Error.Invalid(whole.Message) : Error.Invalid(problems));
    }

    private static string CamelCase(string field) => field.Length > 0 ? char.ToLowerInvariant(field[0]) + field[1..] : field;
}
