using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>
/// Serves the API document, and the one of the documented operations alone. Each is made once, when it is first asked for: it does not
/// depend on the request, and takes longer to make than most requests take. Clients that have it are told so by its tag.
/// </summary>
internal static class ApiDocument
{
    /// <summary>The name of the document of all operations.</summary>
    public const string Whole = "v1";

    /// <summary>The name of the document of the documented operations, without the extensions of this server.</summary>
    public const string Documented = "documented";

    /// <summary>Returns the path of a document.</summary>
    public static string PathOf(string name) => $"/openapi/{name}.json";

    private const string ContentType = "application/json;charset=utf-8";

    /// <summary>Serves the documents.</summary>
    public static void UseApiDocument(this IApplicationBuilder app)
    {
        var documents = new[] { Whole, Documented }.ToDictionary(
            PathOf,
            name => new Lazy<Task<FileContentHttpResult>>(() => CreateAsync(name, app.ApplicationServices)),
            StringComparer.OrdinalIgnoreCase);
        app.Use(async (context, next) =>
        {
            if (!HttpMethods.IsGet(context.Request.Method)
                || !documents.TryGetValue(context.Request.Path.Value ?? "", out var document))
            {
                await next(context);
                return;
            }

            context.Response.Headers.CacheControl = "no-cache";
            await (await document.Value).ExecuteAsync(context);
        });
    }

    private static async Task<FileContentHttpResult> CreateAsync(string name, IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var document = await scope.ServiceProvider.GetRequiredService<IAsyncSwaggerProvider>().GetSwaggerAsync(name);
        await using var text = new StringWriter(CultureInfo.InvariantCulture);
        document.SerializeAsV3(new OpenApiJsonWriter(text, new OpenApiJsonWriterSettings { Terse = true }));
        var content = Encoding.UTF8.GetBytes(text.ToString());
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))}\"";
        return TypedResults.Bytes(content, ContentType, entityTag: new EntityTagHeaderValue(tag));
    }
}
