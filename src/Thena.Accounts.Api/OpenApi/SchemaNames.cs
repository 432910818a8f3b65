using Thena.Accounts.Core.CustomFields;

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
        return type == typeof(Core.Results.ErrorResponse) ? "Error"
            : type.Name.EndsWith(Response, StringComparison.Ordinal) ? type.Name[..^Response.Length]
            : type.Name;
    }
}
