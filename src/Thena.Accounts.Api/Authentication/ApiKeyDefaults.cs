
namespace Thena.Accounts.Api.Authentication;

/// <summary>The names that API key authentication uses.</summary>
internal static class ApiKeyDefaults
{
    /// <summary>The authentication scheme, also used in <c>WWW-Authenticate</c> and in the OpenAPI document.</summary>
    public const string Scheme = "ApiKey";

    /// <summary>The header that carries the key.</summary>
    public const string Header = "x-api-key";

    /// <summary>Returns the key that a request sends, or <see langword="null"/> if it sends none, or several.</summary>
    public static string? KeyOf(HttpRequest request) => request.Headers[Header] is [{ Length: > 0 } key] ? key : null;
}
