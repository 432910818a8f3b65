using Microsoft.Extensions.FileProviders;
using Swashbuckle.AspNetCore.SwaggerUI;

namespace Thena.Accounts.Api.OpenApi.Page;

/// <summary>
/// Serves the API documents and Swagger UI. The scripts of the page adapt the document to someone who explores it. Clients get the document
/// as it is.
/// </summary>
internal static class SwaggerUi
{
    private const string Prefix = "swagger";

    /// <summary>
    /// The hash of the style element that the script of Swagger UI adds; a browser test tells when an upgrade changes it.
    /// </summary>
    private const string BundleStyleHash = "RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w=";

    /// <summary>Serves the documents and Swagger UI. Other requests pass all of it by.</summary>
    /// <param name="app">The application.</param>
    /// <param name="developmentKey">Returns the development key. Only a server in Development has one.</param>
    public static void UseAccountsOpenApi(this IApplicationBuilder app, Func<string?> developmentKey) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments($"/{Prefix}", StringComparison.OrdinalIgnoreCase)
            || context.Request.Path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase),
        documents =>
        {
            documents.Use((context, next) =>
            {
                context.Response.Headers.ContentSecurityPolicy = PagePolicy.With(styles: $"'sha256-{BundleStyleHash}'");
                return next(context);
            });
            documents.UseApiDocument();
            documents.UseKeyOfPages(developmentKey);
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
                options.InjectStylesheet("swagger.css");
                options.InjectJavascript("swagger.js", "module");
                options.EnableDeepLinking();
                options.EnableFilter();
                options.EnablePersistAuthorization();
                options.DisplayRequestDuration();
                options.DocExpansion(DocExpansion.None);
                options.DefaultModelExpandDepth(1);
                options.DefaultModelsExpandDepth(1);
            });
        });
}
