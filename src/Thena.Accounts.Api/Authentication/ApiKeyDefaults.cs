namespace Thena.Accounts.Api.Authentication;

/// <summary>Names of the authentication by key.</summary>
internal static class ApiKeyDefaults
{
    /// <summary>The scheme, also in <c>WWW-Authenticate</c> and in the API document.</summary>
    public const string Scheme = "ApiKey";

    /// <summary>The header that carries the key.</summary>
    public const string Header = "x-api-key";
}
