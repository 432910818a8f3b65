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
        (RequestHeaders.RequestId, JsonSchemaType.String, "The request's id: the one that was sent, or a new one. It is in every line of the server's log."),
        (RateLimitHeaders.Limit, JsonSchemaType.Integer, "Requests a minute that the key may make."),
        (RateLimitHeaders.Remaining, JsonSchemaType.Integer, "How many of them are left."),
        (RateLimitHeaders.Reset, JsonSchemaType.Integer, "When the minute ends, in UNIX seconds."),
        (RateLimitHeaders.Ip, JsonSchemaType.String, "The address that the request came from."),
        (RateLimitHeaders.UserId, JsonSchemaType.String, "The user of the key."),
        (RateLimitHeaders.OrganizationId, JsonSchemaType.String, "The user's organization."),
        (RateLimitHeaders.Path, JsonSchemaType.String, "The path that was asked for."),
        ("Retry-After", JsonSchemaType.Integer, "Seconds to wait before asking again."),
        ("Link", JsonSchemaType.String, "The links first, prev, next and, with includeTotal, last. Following next, no row is shown twice and none is left out."),
        (PageHeaders.TotalCount, JsonSchemaType.Integer, "How many rows there are in all, with includeTotal=true."),
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
                        "Retry-After" => status is "429" or "503",
                        "Link" or PageHeaders.TotalCount => isList && status == "200",
                        RequestHeaders.RequestId => true,
                        _ => status != "401",
                    })
                    .ToDictionary(header => header.Name, IOpenApiHeader (header) => new OpenApiHeaderReference(header.Name, swaggerDoc), StringComparer.Ordinal);
            }
        }
    }
}
