namespace Thena.Accounts.Api.OpenApi.Page;

/// <summary>The Content-Security-Policy of the pages: they load and call nothing but this server, and are framed by nobody.</summary>
internal static class PagePolicy
{
    /// <summary>Returns the policy with what a page needs besides files of this server.</summary>
    public static string With(string styles = "", string scripts = "") =>
        $"default-src 'none'; script-src 'self' {scripts}; connect-src 'self'; img-src 'self' data:; font-src 'self' data:; "
            + $"style-src 'self' {styles}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
}
