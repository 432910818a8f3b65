using Thena.Accounts.Core.Activities;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Notes;
using Thena.Accounts.Core.Tasks;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>The names of schemas: those of the types, without the noise of their suffixes.</summary>
internal static class SchemaNames
{
    public static string Of(Type type)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(CustomFieldEnvelope<>))
        {
            var data = type.GetGenericArguments()[0];
            return data == typeof(CustomFieldResponse) ? "CustomFieldAnswer"
                : data == typeof(IReadOnlyList<CustomFieldResponse>) ? "CustomFieldsAnswer"
                : data == typeof(IReadOnlyList<string>) ? "CustomFieldIdsAnswer"
                : "CustomFieldTypesAnswer";
        }

        const string Response = nameof(Response);
        // Not "Error", "Task" and "Activity", which are types of their own in the languages of many clients.
        return type == typeof(Core.Results.ErrorResponse) ? "ApiError"
            : type == typeof(ActivityResponse)
                || type == typeof(NoteResponse)
                || type == typeof(TaskResponse) ? "Account" + type.Name[..^Response.Length]
            : type.Name.EndsWith(Response, StringComparison.Ordinal) ? type.Name[..^Response.Length]
            : type.Name;
    }
}
