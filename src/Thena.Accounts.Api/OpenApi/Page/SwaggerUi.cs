using Microsoft.Extensions.FileProviders;

namespace Thena.Accounts.Api.OpenApi.Page;

/// <summary>
/// Serves Swagger UI. The script of the page adapts the API document to someone who explores it. Clients get the document as it is.
/// </summary>
internal static class SwaggerUi
{
    private const string Prefix = "swagger";

    /// <summary>
    /// The hash of the style element that the script of Swagger UI adds; a browser test tells when an upgrade changes it.
    /// </summary>
    private const string BundleStyleHash = "RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w=";

    /// <summary>Lets the page load and call nothing but this server, and be framed by nobody.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self' data:; "
            + $"style-src 'self' 'sha256-{BundleStyleHash}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <summary>Serves the document and Swagger UI. Other requests pass all of it by.</summary>
    public static void UseAccountsOpenApi(this IApplicationBuilder app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments($"/{Prefix}", StringComparison.OrdinalIgnoreCase)
            || context.Request.Path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase),
        documents =>
        {
            documents.Use((context, next) =>
            {
                context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
                return next(context);
            });
            documents.UseApiDocument();
            documents.UseStaticFiles(new StaticFileOptions
            {
                RequestPath = $"/{Prefix}",
                FileProvider = new EmbeddedFileProvider(typeof(SwaggerUi).Assembly, typeof(SwaggerUi).Namespace),
            });
            documents.UseSwaggerUI(options =>
            {
                options.RoutePrefix = Prefix;
                options.DocumentTitle = "Thena Platform";
                options.SwaggerEndpoint(ApiDocument.PathOf(ApiDocument.Whole), "Thena Platform");
                options.InjectStylesheet("page.css");
                options.InjectJavascript("page.js");
                options.EnableDeepLinking();
                options.EnablePersistAuthorization();
                options.DisplayRequestDuration();
                options.DefaultModelsExpandDepth(0);
            });
        });
}
