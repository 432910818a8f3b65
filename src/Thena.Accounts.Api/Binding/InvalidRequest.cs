using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Api.Binding;

/// <summary>Answers a request whose form is wrong.</summary>
internal static class InvalidRequest
{
    /// <summary>One problem a member, the first found; a member of the wrong type is not also said to be missing.</summary>
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
