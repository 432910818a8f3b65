using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>
/// Serves the API document. It is made once, when it is first asked for: it does not depend on the request, and takes longer to make than
/// most requests take. Clients that have it are told so by its tag.
/// </summary>
internal static class ApiDocument
{
    /// <summary>The name of the document.</summary>
    public const string Name = "v1";

    /// <summary>The path of the document.</summary>
    public const string Path = $"/openapi/{Name}.json";

    private const string ContentType = "application/json;charset=utf-8";

    /// <summary>Serves the document.</summary>
    public static void UseApiDocument(this IApplicationBuilder app)
    {
        var document = new Lazy<Task<FileContentHttpResult>>(() => CreateAsync(app.ApplicationServices));
        app.Use(async (context, next) =>
        {
            if (!HttpMethods.IsGet(context.Request.Method)
                || !context.Request.Path.Equals(Path, StringComparison.OrdinalIgnoreCase))
            {
                await next(context);
                return;
            }

            context.Response.Headers.CacheControl = "no-cache";
            await (await document.Value).ExecuteAsync(context);
        });
    }

    private static async Task<FileContentHttpResult> CreateAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var document = await scope.ServiceProvider.GetRequiredService<IAsyncSwaggerProvider>().GetSwaggerAsync(Name);
        var content = Encoding.UTF8.GetBytes(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_0, CancellationToken.None));
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))}\"";
        return TypedResults.Bytes(content, ContentType, entityTag: new EntityTagHeaderValue(tag));
    }
}
