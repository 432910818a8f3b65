using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>Makes the document that Swagger UI shows one that can be tried.</summary>
internal sealed class SwaggerUiFilter : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        if (context.DocumentName == OpenApiSetup.ByFeature)
        {
            // Without servers, the page asks the one that it comes from, whatever its address is.
            swaggerDoc.Servers = [];
        }
    }
}
