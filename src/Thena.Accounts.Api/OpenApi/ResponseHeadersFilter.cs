using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thena.Accounts.Api.Binding;
using Thena.Accounts.Api.Hosting;
using Thena.Accounts.Api.RateLimits;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>Describes the headers of answers once, and refers to them from each answer that has them.</summary>
internal sealed class ResponseHeadersFilter : IDocumentFilter
{
    private static readonly (string Name, JsonSchemaType Type, string Description)[] All =
    [
        (
            RequestHeaders.RequestId,
            JsonSchemaType.String,
            "The request ID: the one that was sent, or a new one. Every log line of the request has it."),
        (RateLimitHeaders.Limit, JsonSchemaType.Integer, "The number of requests per minute for the key."),
        (RateLimitHeaders.Remaining, JsonSchemaType.Integer, "The number of requests left in this minute."),
        (RateLimitHeaders.Reset, JsonSchemaType.Integer, "The time at which the minute ends, in UNIX seconds."),
        (RateLimitHeaders.Ip, JsonSchemaType.String, "The IP address of the client."),
        (RateLimitHeaders.UserId, JsonSchemaType.String, "The user of the key."),
        (RateLimitHeaders.OrganizationId, JsonSchemaType.String, "The user's organization."),
        (RateLimitHeaders.Path, JsonSchemaType.String, "The path of the request."),
        ("Retry-After", JsonSchemaType.Integer, "The number of seconds to wait before the next attempt."),
        ("Link", JsonSchemaType.String, "The links first, prev, next and, with includeTotal, last. Following next returns every row once."),
        (PageHeaders.TotalCount, JsonSchemaType.Integer, "The number of all rows, with includeTotal=true."),
    ];

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        swaggerDoc.Components ??= new OpenApiComponents();
        swaggerDoc.Components.Headers = All.ToDictionary(
            header => header.Name,
            IOpenApiHeader (header) => new OpenApiHeader
            {
                Description = header.Description,
                Schema = new OpenApiSchema { Type = header.Type },
            },
            StringComparer.Ordinal);
        foreach (
            var operation in swaggerDoc.Paths.Where(path => path.Key.StartsWith("/v1/", StringComparison.Ordinal))
                .SelectMany(path => path.Value.Operations!.Values))
        {
            var isList = operation.Parameters?.Any(parameter => parameter.Name == "includeTotal") == true;
            foreach (var (status, answer) in operation.Responses!)
            {
                ((OpenApiResponse)answer).Headers = All
                    .Where(header => header.Name switch
                    {
                        "Retry-After" => status is "429" or "503",
                        "Link" or PageHeaders.TotalCount => isList && status == "200",
                        RequestHeaders.RequestId => true,
                        _ => status != "401",
                    })
                    .ToDictionary(
                        header => header.Name,
                        IOpenApiHeader (header) => new OpenApiHeaderReference(header.Name, swaggerDoc),
                        StringComparer.Ordinal);
            }
        }
    }
}
