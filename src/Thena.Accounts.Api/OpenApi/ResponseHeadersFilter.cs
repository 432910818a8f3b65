using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>Describes the headers of answers once, and refers to them from each answer that has them.</summary>
internal sealed class ResponseHeadersFilter : IDocumentFilter
{
    private const string RequestId = "X-Request-Id";
    private const string RetryAfter = "Retry-After";

    private static readonly (string Name, JsonSchemaType Type, string Description)[] All =
    [
        (RequestId, JsonSchemaType.String, "The request's id: the one that was sent, or a new one. It is in every line of the server's log."),
        ("X-RateLimit-Limit", JsonSchemaType.Integer, "Requests a minute that the key may make."),
        ("X-RateLimit-Remaining", JsonSchemaType.Integer, "How many of them are left."),
        ("X-RateLimit-Reset", JsonSchemaType.Integer, "When the minute ends, in UNIX seconds."),
        ("X-RateLimit-IP", JsonSchemaType.String, "The address that the request came from."),
        ("X-RateLimit-UserID", JsonSchemaType.String, "The user of the key."),
        ("X-RateLimit-OrgID", JsonSchemaType.String, "The user's organization."),
        ("X-RateLimit-Path", JsonSchemaType.String, "The path that was asked for."),
        (RetryAfter, JsonSchemaType.Integer, "Seconds to wait before asking again."),
        ("Link", JsonSchemaType.String, "The links first, prev, next and, with includeTotal, last. Following next, no row is shown twice and none is left out."),
        ("X-Total-Count", JsonSchemaType.Integer, "How many rows there are in all, with includeTotal=true."),
    ];

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        swaggerDoc.Components ??= new OpenApiComponents();
        swaggerDoc.Components.Headers = All.ToDictionary(
            header => header.Name,
            IOpenApiHeader (header) => new OpenApiHeader { Description = header.Description, Schema = new OpenApiSchema { Type = header.Type } },
            StringComparer.Ordinal);
        foreach (var operation in swaggerDoc.Paths.Where(path => path.Key.StartsWith("/v1/", StringComparison.Ordinal)).SelectMany(path => path.Value.Operations!.Values))
        {
            var isList = operation.Parameters?.Any(parameter => parameter.Name == "includeTotal") == true;
            foreach (var (status, answer) in operation.Responses!)
            {
                ((OpenApiResponse)answer).Headers = All
                    .Where(header => header.Name switch
                    {
                        RetryAfter => status is "429" or "503",
                        "Link" or "X-Total-Count" => isList && status == "200",
                        RequestId => true,
                        _ => status != "401",
                    })
                    .ToDictionary(header => header.Name, IOpenApiHeader (header) => new OpenApiHeaderReference(header.Name, swaggerDoc), StringComparer.Ordinal);
            }
        }
    }
}
