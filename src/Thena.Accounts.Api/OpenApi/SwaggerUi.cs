using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thena.Accounts.Api.Binding;

#pragma warning disable CS0618 // OpenAPI 3.0 knows `example` alone; `examples` comes with 3.1

namespace Thena.Accounts.Api.OpenApi;

/// <summary>
/// Makes the document that Swagger UI shows one to explore: it sends requests to the server that it comes from, says where the IDs of a
/// request are found, and says once what all responses have in common.
/// </summary>
internal static class SwaggerUi
{
    /// <summary>The document that Swagger UI shows.</summary>
    public const string Document = "by-feature";

    /// <summary>
    /// Takes away choices of one, such as the media type, and columns that are always empty; lets tables wrap on a phone.
    /// </summary>
    private const string Style =
        """
        <style>
        .swagger-ui .topbar .download-url-wrapper,
        .swagger-ui .info hgroup.main a,
        .swagger-ui .response-col_links,
        .swagger-ui .responses-table .response-controls { display: none; }
        @media (max-width: 640px) {
          .swagger-ui .wrapper { padding: 0 8px; }
          .swagger-ui .opblock-tag { flex-wrap: wrap; }
          .swagger-ui .opblock-tag small { flex-basis: 80%; padding: 0; }
          .swagger-ui .parameters thead, .swagger-ui table.headers thead { display: none; }
          .swagger-ui .parameters tr, .swagger-ui .parameters td, .swagger-ui table.headers tr, .swagger-ui table.headers td {
            display: block; padding: 4px 0;
          }
          .swagger-ui .parameters-col_description input, .swagger-ui .parameters-col_description select { max-width: 100%; width: 100%; }
        }
        </style>
        """;

    /// <summary>
    /// The hash of the style element that the script of Swagger UI adds; a browser test tells when an upgrade changes it.
    /// </summary>
    private const string BundleStyleHash = "RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w=";

    private const string Introduction =
        """
        The Accounts API of the Thena Platform, on your own server. The OpenAPI document for clients is at
        [/openapi/v1.json](/openapi/v1.json).

        **To begin**, choose *Authorize* and enter a key. Then open an operation, and choose *Try it out* and *Execute*.
        With the demo data, the examples work as they are: start the server with `--demo`, or run the command `demo`. Without it, replace
        the IDs with those of your own records, and start with `POST /v1/accounts`.

        **Errors** all have the form that the first error of each operation shows. A 400 also lists every problem in `errors`.

        **Headers.** Every response has an `X-Request-Id`, which is also in the server's log. Responses to requests with a key also have
        `X-RateLimit-Limit`, `X-RateLimit-Remaining` and `X-RateLimit-Reset` (the requests per minute, the requests left, and the end of
        the minute), and `X-RateLimit-UserID` and `X-RateLimit-OrgID` (the user and the organization of the key).
        `ETag` is the version of a record, for `If-Match`. `Idempotency-Replayed: true` marks the repetition of an earlier response.
        `Retry-After` is the number of seconds to wait before the next attempt.
        """;

    /// <summary>Where the IDs are found that examples of bodies have, by the name of the member.</summary>
    private static readonly Dictionary<string, string> Sources = new(StringComparer.Ordinal)
    {
        ["accountId"] = "`accountId` with the `id` of an account (`GET /v1/accounts`)",
        ["relatedAccountId"] = "`relatedAccountId` with the `id` of another account",
        ["assigneeId"] = "`assigneeId` with the ID of a user, such as your own (header `X-RateLimit-UserID` of any response)",
        ["activityId"] = "`activityId` with the `id` of an activity of that account",
        ["participants"] = "`participants` with the IDs of users",
        ["fieldId"] = "`fieldId` with the `uid` of a custom field (`GET /v1/custom-field`)",
    };

    /// <summary>Serves the document and Swagger UI. Other requests pass all of it by.</summary>
    public static void UseAccountsOpenApi(this IApplicationBuilder app)
    {
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/swagger", StringComparison.OrdinalIgnoreCase)
                || context.Request.Path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase),
            documents =>
            {
                documents.UseContentSecurityPolicy();
                documents.UseApiDocuments(OpenApiSetup.Document, Document);
                documents.UseSwaggerUI(options =>
                {
                    options.RoutePrefix = "swagger";
                    options.DocumentTitle = "Thena Platform";
                    options.SwaggerEndpoint($"/openapi/{Document}.json", "Thena Platform");
                    options.HeadContent = Style;
                    options.EnableDeepLinking();
                    options.EnablePersistAuthorization();
                    options.DisplayRequestDuration();
                    options.DefaultModelsExpandDepth(0);
                });
            });
    }

    /// <summary>Lets the page of Swagger UI load and call nothing but this server, and be framed by nobody.</summary>
    private static void UseContentSecurityPolicy(this IApplicationBuilder app)
    {
        var style = Style[(Style.IndexOf('>', StringComparison.Ordinal) + 1)..Style.LastIndexOf('<')].ReplaceLineEndings("\n");
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        var policy = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self' data:; "
            + $"style-src 'self' 'sha256-{hash}' 'sha256-{BundleStyleHash}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        app.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = policy;
            return next(context);
        });
    }

    /// <summary>Adapts the document of the contract to the page.</summary>
    public static void Adapt(OpenApiDocument document, SchemaRepository repository)
    {
        // Without servers, the page asks the one that it comes from, whatever its address is.
        document.Servers = [];
        document.Info.Description = Introduction;
        foreach (var (path, item) in document.Paths)
        {
            foreach (var operation in item.Operations!.Values)
            {
                TellSources(path, operation, repository);
                Shorten(operation.Responses!);
            }
        }
    }

    private static void TellSources(string path, OpenApiOperation operation, SchemaRepository repository)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            if (parameter.In == ParameterLocation.Path)
            {
                parameter.Description += $" Find it with `GET {path[..path.IndexOf("/{", StringComparison.Ordinal)]}`.";
            }
            else if (parameter is { In: ParameterLocation.Header, Schema: OpenApiSchema header })
            {
                // The page would show the pattern instead of sending the request. The response of the server is clear.
                header.Pattern = null;
            }
        }

        if (operation.RequestBody is OpenApiRequestBody { Content: { } content } body
            && content.Values.SelectMany(media => SourcesOf(media.Schema, repository)).ToList() is { Count: > 0 } sources)
        {
            body.Description = $"The IDs are those of the demo data. Without it, replace {JoinWithAnd(sources)}.";
        }
    }

    /// <summary>The sources of the IDs that a schema's example has.</summary>
    private static IEnumerable<string> SourcesOf(IOpenApiSchema? schema, SchemaRepository repository) => schema switch
    {
        OpenApiSchemaReference { Reference.Id: { } id } => SourcesOf(repository.Schemas.GetValueOrDefault(id), repository),
        { Items: { } items } => SourcesOf(items, repository),
        { Properties: { } properties } => Sources.Where(
            source => schema.Example is JsonObject example && example.ContainsKey(source.Key))
            .Select(source => source.Value)
                .Concat(properties.Values.Where(member => member.Items is not null).SelectMany(member => SourcesOf(member, repository))),
        _ => [],
    };

    private static string JoinWithAnd(List<string> texts) =>
        texts is [.. { Count: > 0 } first, var last] ? $"{string.Join(", ", first)} and {last}" : texts[0];

    /// <summary>Leaves the form of errors to the first one, and the headers to those that differ from operation to operation.</summary>
    private static void Shorten(OpenApiResponses responses)
    {
        var isFirstError = true;
        foreach (var (status, response) in responses.Select(response => (response.Key, (OpenApiResponse)response.Value)))
        {
            response.Headers = response.Headers?.Where(header => header.Key is "Link" or PageHeaders.TotalCount)
                .ToDictionary(StringComparer.Ordinal);
            if (
                status[0] is not ('4' or '5')
                    || response.Content?.TryGetValue("application/json", out var media) != true
                    || media is not OpenApiMediaType form)
            {
                continue;
            }

            var number = int.Parse(status, CultureInfo.InvariantCulture);
            form.Example ??= Examples.OfError(number, ReasonPhrases.GetReasonPhrase(number));
            response.Content = isFirstError ? response.Content : null;
            isFirstError = false;
        }
    }
}
