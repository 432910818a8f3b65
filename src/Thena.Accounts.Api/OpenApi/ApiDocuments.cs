using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>
/// Serves the API documents. Each is made once, when it is first asked for: it does not depend on the request, and takes longer to make
/// than most requests take. Clients that have it are told so by its tag.
/// </summary>
internal static class ApiDocuments
{
    private const string ContentType = "application/json;charset=utf-8";

    /// <summary>Serves the documents with these names at <c>/openapi/NAME.json</c>.</summary>
    public static void UseApiDocuments(this IApplicationBuilder app, params string[] names)
    {
        var documents = names.ToDictionary(
            name => $"/openapi/{name}.json",
            name => new Lazy<Task<FileContentHttpResult>>(() => CreateAsync(app.ApplicationServices, name)),
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

    private static async Task<FileContentHttpResult> CreateAsync(IServiceProvider services, string name)
    {
        await using var scope = services.CreateAsyncScope();
        var document = await scope.ServiceProvider.GetRequiredService<IAsyncSwaggerProvider>().GetSwaggerAsync(name);
        var content = Encoding.UTF8.GetBytes(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_0, CancellationToken.None));
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))}\"";
        return TypedResults.Bytes(content, ContentType, entityTag: new EntityTagHeaderValue(tag));
    }
}
